//! Approaches and initiatives that never were, where something was planted in the scores.

use crate::{
    area::{AreaCode, Level, Vintage, Year},
    store::{Pillar, Story as Told},
};

use super::{Country, DIVISIONS, Story};

/// What is told of the places of a planted story, one each.
struct Tale {
    of: Story,
    is_of_gemeente: bool,
    from: u16,
    until: Option<u16>,
    pillar: Pillar,
    title: &'static str,
    text: &'static str,
}

const fn tale(
    of: Story,
    years: (u16, Option<u16>),
    pillar: Pillar,
    title: &'static str,
    text: &'static str,
) -> Tale {
    Tale { of, is_of_gemeente: false, from: years.0, until: years.1, pillar, title, text }
}

/// A dozen, of every pillar.
static TALES: [Tale; 12] = [
    tale(
        Story::Success,
        (2009, Some(2014)),
        Pillar::Fysiek,
        "Vernieuwing van het buurthart",
        "Twee portiekflats maakten plaats voor eengezinswoningen en een park.",
    ),
    tale(
        Story::Success,
        (2010, Some(2016)),
        Pillar::SocialeStijging,
        "Werkplaats onder één dak",
        "Begeleiding naar werk, taalles en schuldhulp in de oude school.",
    ),
    tale(
        Story::Success,
        (2007, Some(2012)),
        Pillar::SocialeBasis,
        "Buurtkamer met een lange tafel",
        "Bewoners koken wekelijks voor elkaar; de gemeente betaalt de huur.",
    ),
    tale(
        Story::Recovering,
        (2013, None),
        Pillar::SocialeHerovering,
        "Vaste straatcoaches",
        "Elke avond dezelfde gezichten op straat, samen met de wijkagent.",
    ),
    tale(
        Story::Recovering,
        (2014, Some(2020)),
        Pillar::SocialeBasis,
        "Opgroeien in de buurt",
        "Sport en huiswerkhulp na school, en een vaste hulpverlener per gezin.",
    ),
    tale(
        Story::Recovering,
        (2015, Some(2019)),
        Pillar::Fysiek,
        "Stenen eruit, groen erin",
        "Schoolpleinen en achterpaden vergroend met bewoners.",
    ),
    tale(
        Story::Falling,
        (2017, Some(2021)),
        Pillar::SocialeStijging,
        "Aan de slag",
        "Een proef met baanbegeleiding aan huis; gestopt toen het geld op was.",
    ),
    tale(
        Story::Falling,
        (2015, Some(2018)),
        Pillar::SocialeHerovering,
        "Samen tegen overlast",
        "Camera's en een meldpunt, na twee jaar beëindigd.",
    ),
    tale(
        Story::Falling,
        (2019, Some(2023)),
        Pillar::Fysiek,
        "Onderhoud van de portieken",
        "Verlichting, sloten en schilderwerk in het oudste deel.",
    ),
    tale(
        Story::EarlySignal,
        (2019, Some(2022)),
        Pillar::SocialeBasis,
        "Kennismaken met de nieuwe buren",
        "Welkomstbezoeken door vrijwilligers.",
    ),
    tale(
        Story::EarlySignal,
        (2023, Some(2024)),
        Pillar::SocialeHerovering,
        "Buurtpreventie",
        "Bewoners lopen ronden, met een cursus van de politie.",
    ),
    Tale {
        of: Story::Recovering,
        is_of_gemeente: true,
        from: 2016,
        until: Some(2022),
        pillar: Pillar::SocialeStijging,
        title: "Elk kind een fiets",
        text: "Een regeling voor gezinnen met weinig geld, in de hele gemeente.",
    },
];

/// What is said below every one of them.
const INVENTED: &str = "Verzonnen voor de demonstratie: dit land bestaat niet.";

/// What is told of the places with a planted story, as far as there are such; `source` is the number
/// of the file that it is said to come from.
pub fn stories(country: &Country, source: u32) -> Vec<Told> {
    let mut left = country.planted.clone();
    let tell = |tale: &Tale| {
        let place = if tale.is_of_gemeente {
            country.planted.iter().find(|planted| planted.story == tale.of)?.code.gemeente()?
        } else {
            let at = left.iter().position(|planted| planted.story == tale.of)?;
            left.remove(at).code
        };
        told(tale, place, source)
    };
    TALES.iter().filter_map(tell).collect()
}

fn told(tale: &Tale, code: AreaCode, source: u32) -> Option<Told> {
    Some(Told {
        collection: "demo".into(),
        level: if tale.is_of_gemeente { Level::Gemeente } else { Level::Buurt },
        code,
        vintage: Vintage::new(DIVISIONS[1]).ok()?,
        from: Year::new(tale.from).ok()?,
        until: tale.until.and_then(|year| Year::new(year).ok()),
        pillar: tale.pillar,
        title: format!("{} (fictief)", tale.title),
        text: format!("{}\n{INVENTED}", tale.text),
        told_by: "wijkzicht (fictief)".to_owned(),
        link: String::new(),
        is_public: true,
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::{Recipe, country};

    #[test]
    fn a_dozen_of_every_pillar_each_on_a_place_of_its_own() {
        let country = country(&Recipe::default());
        let all = stories(&country, 1);
        assert_eq!(all.len(), TALES.len());
        for pillar in Pillar::ALL {
            assert!(all.iter().any(|one| one.pillar == pillar), "{pillar:?}");
        }
        assert_eq!(all.iter().filter(|one| one.until.is_none()).count(), 1, "one goes on");
        let mut places: Vec<_> = all.iter().map(|one| &one.code).collect();
        places.sort();
        places.dedup();
        assert_eq!(places.len(), all.len());
        let planted: Vec<_> = country.planted.iter().map(|planted| &planted.code).collect();
        assert!(all.iter().all(|one| {
            one.text.contains("Verzonnen")
                && one.title.contains("fictief")
                && (one.level == Level::Gemeente || planted.contains(&&one.code))
        }));
        assert_eq!(all, stories(&country, 1));
    }
}
