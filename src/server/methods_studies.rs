//! What the page about methods says of the questions to the figures.

use super::methods_text::Section;

pub(super) static STUDIES: [Section; 9] = [
    Section {
        id: "concentratie",
        title: ("Waar een groep zich concentreert", "Where a group concentrates"),
        paragraphs: &[(
            "Het quotiënt is het aandeel in een gebied gedeeld door het aandeel in het land: 2 betekent \
             twee keer zoveel. Onder vijftig mensen, huishoudens of woningen noemen wij geen quotiënt. \
             Omdat het CBS afrondt, staat erbij wat het kan zijn. De zin 'de helft woont waar ten minste \
             zoveel procent erbij hoort' leest het concentratieprofiel op één punt; het is de exacte \
             trapfunctie van Hong en Sadahiro (2014).",
            "The quotient is the share in an area divided by that in the country: 2 means twice as much. \
             Below fifty people, households or homes we name no quotient. Since Statistics Netherlands \
             rounds, it says what it may be. The sentence 'half lives where at least so many per cent \
             belong to it' reads the concentration profile at one point; it is the exact step function \
             of Hong and Sadahiro (2014).",
        )],
    },
    Section {
        id: "segregatie",
        title: ("Hoe ongelijk een groep verdeeld is", "How unevenly a group is divided"),
        paragraphs: &[
            (
                "D is het deel van de groep dat zou moeten verhuizen om even gelijk verspreid te wonen als \
                 de anderen (Duncan en Duncan 1955). Kleinere gebieden geven een hogere D: vergelijk \
                 plaatsen op hetzelfde niveau. Bij kleine groepen geeft toeval alleen al een D; die staat \
                 ernaast. De marge is wat 95 van 100 manieren om de afronding ongedaan te maken geven.",
                "D is the part of the group that would have to move to live as evenly spread as the others \
                 (Duncan and Duncan 1955). Smaller areas give a higher D: compare places at the same level. \
                 Of small groups chance alone gives a D; it stands beside it. The margin is what 95 of 100 \
                 ways to undo the rounding give.",
            ),
            (
                "Aandelen worden aantallen met de noemer van de uitgever; waar die niet bekend is staat het \
                 aantal inwoners ervoor in, en dat zeggen wij. Gebieden zonder cijfer doen niet mee en zijn \
                 geen nul; hoeveel mensen daar wonen staat erbij. H over omgevingen van 500 tot 4.000 meter \
                 volgt Reardon en O'Sullivan (2004).",
                "Shares become counts with the publisher's denominator; where that is not known the number \
                 of residents stands in for it, and we say so. Areas without a figure take no part and are \
                 no zero; how many live there is told. H over surroundings of 500 to 4,000 metres follows \
                 Reardon and O'Sullivan (2004).",
            ),
        ],
    },
    Section {
        id: "menging",
        title: ("Hoe gemengd groepen wonen", "How mixed groups live"),
        paragraphs: &[(
            "Hier doen alle groepen tegelijk mee, en wie in geen van de genoemde hoort is een groep \
             apart. Theil's H zegt hoeveel de gebieden van samenstelling verschillen: 0 overal gelijk, 1 \
             geen groep bij een andere (Reardon en Firebaugh 2002). Alleen indelingen zonder overlap \
             staan erbij. Menging van een gebied is 1 waar alle groepen even groot zijn; dat is een \
             beschrijving en geen doel.",
            "Here all groups take part at once, and who belongs to none of those named is a group apart. \
             Theil's H tells how much areas differ in composition: 0 alike everywhere, 1 no group with \
             another (Reardon and Firebaugh 2002). Only divisions without overlap are offered. The mixture \
             of an area is 1 where all groups are as large; that describes, and is no aim.",
        )],
    },
    Section {
        id: "stapeling",
        title: ("Wat zich opstapelt", "What piles up"),
        paragraphs: &[(
            "Per onderwerp telt een gebied als ongunstig waar het bij de ongunstigste 20% van het land \
             hoort (of het deel dat u kiest); gelijke waarden tellen mee. Ten minste 60% van de \
             onderwerpen moet bekend zijn; wat onbekend is telt niet als ongunstig. Een score en haar \
             eigen onderdelen kunnen niet samen: dan telt hetzelfde twee keer. De samenhang van elke twee \
             onderwerpen staat erbij, over het hele land.",
            "For each topic an area counts as unfavourable where it is among the least favourable 20% of \
             the country (or the part that you choose); ties count. At least 60% of the topics must be \
             known; what is not known does not count as unfavourable. A score and its own parts cannot go \
             together: the same would count twice. How every two topics go together stands beside it, over \
             the whole country.",
        )],
    },
    Section {
        id: "gelijkenis",
        title: ("Lijken gebieden op hun buren?", "Do areas resemble their neighbours?"),
        paragraphs: &[(
            "Buren zijn gebieden die ten minste een punt van hun grens delen, op alle gebieden van de \
             indeling bepaald. Moran's I zegt of buren op elkaar lijken; de lokale vorm (Anselin 1995) \
             zegt waar. De kans dat het toeval is komt uit loting: 999 volgordes, en tot 9.999 waar dat \
             nog niet duidelijk is; hetzelfde zaad geeft hetzelfde antwoord. Omdat er veel gebieden \
             worden getoetst, houden wij het deel onterechte vondsten onder 5% (Benjamini en Hochberg \
             1995). Een gebied zonder buren met een cijfer wordt genoemd en niet meegeteld.",
            "Neighbours are areas that share at least a point of their border, found on all areas of the \
             division. Moran's I says whether neighbours are alike; its local form (Anselin 1995) says \
             where. How probable it is by chance comes from lots: 999 orders, and up to 9,999 where that \
             leaves it open; the same seed gives the same answer. Since many areas are tested, we hold \
             the rate of false finds below 5% (Benjamini and Hochberg 1995). An area without neighbours \
             with a figure is named and not counted.",
        )],
    },
    Section {
        id: "kloof",
        title: ("De kloof", "The gap"),
        paragraphs: &[(
            "De kloof is het verschil tussen de waarde waar een tiende van de inwoners onder woont en die \
             waar een tiende boven woont. Van scores nemen wij verschillen en nooit verhoudingen. Of \
             gebieden naar elkaar toe groeien zegt de spreiding (met de toets van Pitman en Morgan); dat \
             lage gebieden stijgen zegt het niet, want uitersten komen vanzelf iets terug. Vergeleken \
             worden gebieden met cijfers van alle jaren, op één indeling en in één versie.",
            "The gap is the difference between the value that a tenth of the residents live below and that \
             which a tenth live above. Of scores we take differences, never ratios. Whether areas grow \
             alike is told by the spread (tested by Pitman and Morgan); that low areas rise does not tell \
             it, since extremes come back a little by themselves. Compared are areas with figures of all \
             years, on one division and in one version.",
        )],
    },
    Section {
        id: "verandering-en-ring",
        title: ("Wat veranderde, hier en eromheen", "What changed, here and around it"),
        paragraphs: &[(
            "In versie 3.0 van de Leefbaarometer is het verschil van twee jaren de verandering; binnen \
             0,0392 noemen wij het gelijk, en die band is van ons. In versie 2.0 is een verschil van \
             scores de verandering tegenover het land; waar de bron de ontwikkeling zelf levert nemen \
             wij die, met de band van haar middelste klasse (0,0666). De ring telt de buren van een \
             plaats: verschoof het probleem?",
            "In version 3.0 of the Leefbaarometer the difference of two years is the change; within 0.0392 \
             we call it the same, and that band is ours. In version 2.0 a difference of scores is the \
             change beside the country; where the source delivers the development itself we take that, \
             with the band of its middle class (0.0666). The ring counts the neighbours of a place: did \
             the problem move?",
        )],
    },
    Section {
        id: "verloop",
        title: ("Vier verlopen en de lijst om te volgen", "Four courses and the list to watch"),
        paragraphs: &[(
            "Kwetsbare wijken in beeld (Platform31) onderscheidt succes, gestaag herstel, terugval en \
             vroegsignalering, zonder getallen te noemen. Onze grenzen: zwak is een score tot en met \
             -0,164, een verandering telt boven 0,0392. Op de lijst om te volgen staat een gebied met ten \
             minste twee redenen: het daalde, zijn verloop, het ligt waar het laag is, of zijn buren \
             daalden. Nauwelijks woongebied doet niet mee. Een kleine daling kan toeval zijn: de lijst is \
             een aanleiding om te kijken.",
            "Kwetsbare wijken in beeld (Platform31) tells success, steady recovery, relapse and early \
             signals apart, without numbers. Our limits: weak is a score of at most -0.164, a change \
             counts above 0.0392. On the list to watch is an area with at least two reasons: it fell, its \
             course, it lies where it is low, or its neighbours fell. What is hardly residential takes no \
             part. A small fall may be chance: the list is a reason to look.",
        )],
    },
    Section {
        id: "voor-en-na",
        title: ("Heeft het geholpen?", "Did it help?"),
        paragraphs: &[
            (
                "De verandering in een gebied, van het laatste cijfer voor het begin tot het eerste na het \
                 einde, naast die van de tien gebieden die er het meest op lijken en waar in die jaren niet \
                 zo'n aanpak was (verschil in verschillen, Card en Krueger 1994). Dezelfde som voor elk van \
                 de tien tegen de andere laat zien wat eruit komt waar niets is gedaan: de rang zegt hoe \
                 vaak toeval alleen zo'n verschil geeft (Abadie, Diamond en Hainmueller 2010).",
                "The change in an area, from the last figure before the beginning to the first after the end, \
                 beside that of the ten areas most like it in which there was no such approach in those years \
                 (difference in differences, Card and Krueger 1994). The same of each of the ten against the \
                 others shows what comes out where nothing was done: the rank says how often chance alone \
                 gives such a difference (Abadie, Diamond and Hainmueller 2010).",
            ),
            (
                "De vergelijking houdt alleen als de gebieden zich ervoor hetzelfde ontwikkelden: de trends van \
                 voor het begin staan ernaast, en of zij al verschilden. Met minder dan vijf gebieden met \
                 cijfers geven wij geen getal. Wat er verder gebeurde, wie verhuisde en waarom juist daar iets \
                 begon staat niet in de cijfers: het is een verschil, geen bewijs van effect.",
                "The comparison holds only if the areas developed alike before: the trends from before the \
                 beginning stand beside it, and whether they differed already. With figures of fewer than \
                 five areas we give no number. What else happened, who moved and why something began just \
                 there is not in the figures: it is a difference, no proof of effect.",
            ),
        ],
    },
];
