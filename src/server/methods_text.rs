//! What the page about methods says, in Dutch and English. Where a rule changes, its words change
//! here.

/// A rule and how it works.
pub(super) struct Section {
    /// Its place on the page.
    pub id: &'static str,
    pub title: (&'static str, &'static str),
    pub paragraphs: &'static [(&'static str, &'static str)],
}

pub(super) static SECTIONS: [Section; 12] = [
    Section {
        id: "klassen",
        title: ("Klassen en kleuren", "Classes and colours"),
        paragraphs: &[
            (
                "Heeft een bron eigen klassen, zoals de Leefbaarometer, dan gebruiken wij die. Anders \
                 verdelen wij de gebieden in klassen met evenveel gebieden (kwantielen, type 7 van \
                 Hyndman en Fan). U kunt ook kiezen voor even brede klassen, voor natuurlijke grenzen \
                 (Fisher en Jenks, exact berekend: de kleinste som van kwadraten binnen de klassen), \
                 voor klassen naar standaardafwijking of voor eigen grenzen.",
                "Where a source has classes of its own, as the Leefbaarometer has, we use those. Else we \
                 divide the areas into classes of as many areas each (quantiles, type 7 of Hyndman and \
                 Fan). You may also choose classes of equal width, natural breaks (Fisher and Jenks, \
                 computed exactly: the least sum of squares within classes), classes by standard \
                 deviation, or bounds of your own.",
            ),
            (
                "Een waarde op een grens hoort bij de klasse eronder. De grenzen gelden voor het hele \
                 land en voor alle jaren samen, zodat een kleur elk jaar hetzelfde betekent; wie dat \
                 wil, kiest grenzen van één jaar. Water en nauwelijks woongebied tellen niet mee bij \
                 het bepalen van grenzen.",
                "A value on a bound belongs to the class below it. Bounds hold for the whole country and \
                 all years together, so that a colour means the same each year; bounds of a single year \
                 can be chosen. Water and hardly residential areas take no part in finding bounds.",
            ),
        ],
    },
    Section {
        id: "afwijking",
        title: ("Afwijking van een gemiddelde", "Deviation from a mean"),
        paragraphs: &[(
            "Een afwijking is het cijfer van een gebied min het gewone gemiddelde van de gebieden in het \
             land of in de eigen gemeente die meetellen. De klassen liggen op een halve, één en \
             anderhalve standaardafwijking van die verschillen in het hele land; de middelste klasse \
             heet rond het gemiddelde. Van aantallen en van klassen berekenen wij geen afwijking.",
            "A deviation is the figure of an area less the plain mean of the areas in the country or in \
             its own gemeente that are compared. Classes lie at a half, one and one and a half standard \
             deviations of these differences in the whole country; the middle class is around the mean. \
             Counts and classes have no deviation.",
        )],
    },
    Section {
        id: "twee-onderwerpen",
        title: ("Twee onderwerpen op één kaart", "Two topics on one map"),
        paragraphs: &[
            (
                "Leg twee onderwerpen over elkaar, en elk gebied valt in een van negen vakken: drie \
                 klassen van het ene, drie van het andere. De grenzen delen de gebieden in het hele land \
                 die beide cijfers hebben in drieën (kwantielen), ook als u maar één gemeente bekijkt, \
                 zodat een kleur overal hetzelfde betekent. Water en nauwelijks woongebied tellen daarbij \
                 niet mee. Elke as loopt van gunstig naar minder gunstig, en waar geen van beide gunstig \
                 heet van laag naar hoog.",
                "Lay two topics over each other, and each area falls in one of nine cells: three classes of \
                 the one, three of the other. The bounds divide the areas in the whole country that have \
                 both figures into thirds (quantiles), also where you look at one gemeente, so that a colour \
                 means the same everywhere. Water and hardly residential areas take no part. Each axis goes \
                 from favourable to less favourable, and where neither is called favourable from low to high.",
            ),
            (
                "Het tweede cijfer is van hetzelfde jaar, anders van het dichtstbijzijnde jaar binnen drie \
                 jaar op dezelfde indeling; beide jaren staan erbij. Een gebied dat een van de twee mist, \
                 krijgt geen vak en telt mee onder zijn reden.",
                "The second figure is of the same year, else of the nearest year within three on the same \
                 division; both years are told. An area that lacks one of the two gets no cell and counts \
                 under its reason.",
            ),
            (
                "Een derde is altijd een derde: laag wil zeggen lager dan bij twee van de drie gebieden, niet \
                 dat het er slecht is. Dat twee cijfers in dezelfde gebieden samengaan, zegt niet dat het om \
                 dezelfde mensen gaat, of dat het ene door het andere komt. Is het ene onderwerp een deel \
                 van het andere of eruit berekend, dan zeggen wij erbij dat hun samengaan weinig betekent.",
                "A third is always a third: low means lower than in two of three areas, not that things are \
                 bad there. That two figures go together in areas does not say that it is about the same \
                 people, or that one comes from the other. Where one topic is a part of the other or \
                 computed from it, we say that it means little that they go together.",
            ),
        ],
    },
    Section {
        id: "verandering",
        title: ("Verandering en ongeveer gelijk", "Change and about the same"),
        paragraphs: &[
            (
                "Een verandering is het latere cijfer min het eerdere, van hetzelfde gebied op dezelfde \
                 indeling. Breekt de reeks tussen die jaren, of verschilt de indeling, dan vergelijken \
                 wij niet en zeggen wij waarom.",
                "A change is the later figure less the earlier one, of the same area on the same division. \
                 Where the series breaks between these years, or the division differs, we do not compare, \
                 and say why.",
            ),
            (
                "Kleine verschillen noemen wij ongeveer gelijk. Voor de scores van de Leefbaarometer 3.0 \
                 ligt die grens bij 0,0392: een drempel van onszelf, gelijk aan de binnenste klasse van \
                 de afwijkingen van de bron. Voor versie 2.0 is de grens 0,0665, die van de bron zelf. \
                 Bij andere cijfers is het een halve standaardafwijking van alle veranderingen, en ten \
                 minste één stap van de laatste decimaal.",
                "Small differences are called about the same. For scores of Leefbaarometer 3.0 the limit is \
                 0.0392: a threshold of our own, equal to the innermost class of the source's deviations. \
                 For version 2.0 it is 0.0665, the source's own. For other figures it is half a standard \
                 deviation of all changes, and at least one step of the last decimal.",
            ),
            (
                "Scores van versie 2.0 zijn elk jaar om het landelijke gemiddelde gelegd: een verschil \
                 daarvan is een verandering ten opzichte van het land. Versie 2.0 en 3.0 zijn \
                 verschillende maten en worden nooit met elkaar vergeleken.",
                "Scores of version 2.0 are laid around the national mean in each year: their difference is a \
                 change relative to the country. Versions 2.0 and 3.0 are different measures and never \
                 compared with each other.",
            ),
        ],
    },
    Section {
        id: "rangen",
        title: ("Afronding en rangen", "Rounding and ranks"),
        paragraphs: &[
            (
                "Een afgerond cijfer staat voor alle waarden die zo worden afgerond: 45% kan alles van \
                 44,5 tot 45,5% zijn. Een rang noemen wij daarom als bereik. De beste rang telt alleen \
                 de gebieden die zeker hoger zijn, de slechtste alle die hoger kunnen zijn. Rang 1 is \
                 het hoogste cijfer, wat dat ook betekent.",
                "A rounded figure stands for all values that are rounded so: 45% may be anything from 44.5 to \
                 45.5%. So a rank is told as a range. The best counts only areas that are certainly higher, \
                 the worst all that may be. Rank 1 is the highest figure, whatever that means.",
            ),
            (
                "Zinnen als \u{201c}lager dan 86%\u{201d} noemen altijd van hoeveel gebieden. Bij minder dan tien \
                 noemen wij het aantal en geen percentage.",
                "Sentences such as \u{201c}lower than 86%\u{201d} always say of how many areas. Below ten we give the \
                 number and no percentage.",
            ),
        ],
    },
    Section {
        id: "ontbreekt",
        title: ("Wat ontbreekt", "What is missing"),
        paragraphs: &[(
            "Een cijfer dat er niet is, is nooit nul. Wij noemen de reden, voor zover de bron die geeft: \
             geen score, geheim, nog niet of niet meer gepubliceerd, onder de grens van de uitgever. In \
             geen som, gemiddelde of rang telt een ontbrekend cijfer mee; erbij staat hoeveel gebieden en \
             inwoners wel meetellen.",
            "A figure that is not there is never zero. We give the reason as far as the source does: no \
             score, secret, not yet or no longer published, below the publisher's threshold. A missing \
             figure is in no sum, mean or rank; beside it stands how many areas and residents are.",
        )],
    },
    Section {
        id: "nauwelijks-woongebied",
        title: (
            "Kleine aantallen en nauwelijks woongebied",
            "Small numbers and hardly residential areas",
        ),
        paragraphs: &[(
            "De drempels van de uitgevers blijven staan: wat zij niet publiceren, rekenen wij niet terug. \
             Een verhouding die wij zelf uit aantallen berekenen, tonen wij niet bij te weinig inwoners.",
            "Publishers' thresholds stand: what they do not publish we do not reckon back. A rate that we \
             compute from counts is not shown where there are too few residents.",
        )],
    },
    Section {
        id: "vergelijkbaar",
        title: ("Gebieden die erop lijken", "Areas that are alike"),
        paragraphs: &[(
            "Gebieden lijken op elkaar in wat ze zijn, niet in hoe ze scoren. Van elk kenmerk nemen wij \
             het verschil in standaardafwijkingen van alle gebieden van het niveau; de afstand is de \
             wortel van het gemiddelde van de kwadraten. Nul is gelijk; één is gemiddeld een \
             standaardafwijking verschil.",
            "Areas are alike in what they are, not in how they score. Of each trait we take the difference \
             in standard deviations over all areas of the level; the distance is the root of the mean \
             square. Zero is the same; one is a standard deviation apart on average.",
        )],
    },
    Section {
        id: "berekend",
        title: ("Berekende onderwerpen", "Calculated topics"),
        paragraphs: &[
            (
                "Onder Berekend staan onderwerpen die wij uit andere maken: hoe groot een deel is naast dat \
                 van het land, waar buren op elkaar lijken, hoeveel er tegelijk ongunstig is, en hoe de \
                 leefbaarheid zich ontwikkelde. Wat ontbreekt houdt de reden van de bron. Van een gebied \
                 zonder buren met een cijfer zeggen wij niet of buren op elkaar lijken.",
                "Under Calculated stand topics that we make from others: how large a share is beside that of \
                 the country, where neighbours are alike, how much is unfavourable at once, and how \
                 liveability developed. What is missing keeps the reason of the source. Of an area without \
                 neighbours with a figure we do not say whether neighbours are alike.",
            ),
            (
                "Of buren op elkaar lijken, houden wij tegen het toeval: de cijfers van de andere gebieden \
                 worden duizend keer, en waar dat nodig is tienduizend keer, over de buren verdeeld. Omdat \
                 duizenden gebieden tegelijk getoetst worden, is de grens zo gekozen dat van wat gevonden \
                 wordt naar verwachting hoogstens een op de twintig toeval is. Dezelfde cijfers geven altijd \
                 hetzelfde antwoord. Een stapeling telt nooit een cijfer naast een onderdeel ervan.",
                "Whether neighbours are alike is held against chance: the figures of the other areas are dealt \
                 out over the neighbours a thousand times, and ten thousand times where that is needed. Since \
                 thousands of areas are tested at once, the limit is such that of what is found at most one \
                 in twenty is expected to be chance. The same figures always give the same answer. A stacking \
                 never counts a figure beside a part of it.",
            ),
        ],
    },
    Section {
        id: "samen",
        title: ("Gebieden samen", "Areas together"),
        paragraphs: &[(
            "Aantallen tellen wij op. Andere cijfers middelen wij, elk gebied naar zijn inwoners, \
             huishoudens of land, zoals het cijfer vraagt. Is er een cijfer van de bron zelf voor de \
             gemeente of het land, dan gaat dat voor. Een gemiddelde van gepubliceerde cijfers is een \
             benadering van wat de bron uit personen of woningen zou berekenen.",
            "Counts are added up. Other figures are averaged, each area by its residents, households or land, \
             as the figure asks. A figure of the source itself for the gemeente or the country goes before. \
             A mean of published figures approximates what the source would compute from people or homes.",
        )],
    },
    Section {
        id: "indelingen",
        title: ("Indelingen en jaren", "Divisions and years"),
        paragraphs: &[
            (
                "Grenzen en codes veranderen. Elk cijfer staat op de indeling waarvoor het is uitgegeven en \
                 wordt niet omgerekend naar een andere. Wat er van een gebied werd, volgt uit de \
                 oppervlakten die twee indelingen gemeen hebben: dezelfde grens, een verlegde grens, \
                 gesplitst of samengevoegd. Smalle stroken die alleen door anders tekenen ontstaan, tellen \
                 niet als verandering.",
                "Borders and codes change. Each figure stands on the division that it was published for and is \
                 not converted to another. What became of an area follows from the ground that two divisions \
                 have in common: the same border, a border that moved, split or merged. Narrow strips that \
                 come from drawing alone are no change.",
            ),
            (
                "Waar cijfers van twee jaren naast elkaar moeten staan, mag het dichtstbijzijnde jaar binnen \
                 drie jaar invallen; het jaar staat er altijd bij.",
                "Where figures of two years must stand side by side, the nearest year within three may stand \
                 in; the year is always told.",
            ),
        ],
    },
    Section {
        id: "kaart",
        title: ("De kaart en plaatsbepaling", "The map and location"),
        paragraphs: &[(
            "Een coördinaat hoort bij precies één buurt: op een grens bij het gebied ten oosten ervan, \
             anders ten noorden. Dat zoeken wij op in de grenzen op volle nauwkeurigheid. Voor het scherm \
             laten wij punten van grenzen weg, van buren tegelijk, zodat er geen gaten ontstaan.",
            "A coordinate belongs to exactly one buurt: on a border to the area just east of it, else just \
             north. That is looked up in borders of full detail. For the screen vertices of borders are left \
             out, of neighbours at once, so that nothing gapes.",
        )],
    },
];

/// What the rules rest on.
pub(super) const REFERENCES: [&str; 7] = [
    "W. D. Fisher (1958), On grouping for maximum homogeneity, Journal of the American Statistical \
     Association 53(284), 789\u{2013}798.",
    "G. F. Jenks (1977), Optimal data classification for choropleth maps, University of Kansas, \
     Occasional Paper 2.",
    "R. J. Hyndman, Y. Fan (1996), Sample quantiles in statistical packages, The American \
     Statistician 50(4), 361\u{2013}365.",
    "L. Anselin (1995), Local indicators of spatial association: LISA, Geographical Analysis 27(2), \
     93\u{2013}115.",
    "Y. Benjamini, Y. Hochberg (1995), Controlling the false discovery rate, Journal of the Royal \
     Statistical Society B 57(1), 289\u{2013}300.",
    "Platform31, Kwetsbare wijken in beeld.",
    "RDNAPTRANS2018: Nederlandse Samenwerking Geodetische Infrastructuur (NSGI).",
];
