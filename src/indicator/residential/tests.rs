use super::*;
use crate::{
    geodata,
    indicator::{Reason, Value},
};

fn code(code: &str) -> AreaCode {
    AreaCode::parse(code).expect("a code")
}

fn rule(change: &str) -> Result<ResidentialRule, ResidentialError> {
    geodata::residential_rule(&toml::from_str(change).expect("TOML"))
}

/// Inhabitants, households, size of households, per hectare, houses, value, urbanity.
fn figures(of: [f64; 7]) -> Figures {
    // A number below zero stands for one that is not published.
    let value = |at: usize| {
        Some(match of[at] {
            number if number < 0.0 => Value::Missing(Reason::GeheimOfAfwezig),
            number => Value::Number(number),
        })
    };
    let part = Some(of[5]).filter(|part| *part >= 0.0);
    Figures {
        residents: value(0),
        households: value(1),
        household_size: value(2),
        density: Some(of[3]),
        houses: value(4),
        home_value: part,
        urbanity: value(6),
    }
}

#[test]
fn estates_and_institutions_are_told_from_villages_farms_and_flats() {
    let rule = rule("").expect("the rule that is built in");
    let judge = |of| rule.judge(&code("BU00010000"), &figures(of));
    let thin = Some(HardlyResidential::Thin);
    // The figures of 2024 of De Vergulde Hand, Biomassa, Nieuw Mathenesse, Sloterdijk.
    let worthless = Some(HardlyResidential::Worthless);
    assert_eq!(judge([1025.0, 470.0, 2.2, 19.1, 13.0, 0.225, 4.0]), worthless);
    assert_eq!(judge([485.0, 295.0, 1.7, 7.1, -1.0, 0.23, 3.0]), worthless);
    let institution = Some(HardlyResidential::Institution);
    assert_eq!(judge([2410.0, 870.0, 1.5, 19.6, -1.0, 0.58, 1.0]), institution);
    assert_eq!(judge([450.0, 0.0, -1.0, 9.1, -1.0, -1.0, 5.0]), institution);
    assert_eq!(judge([450.0, -1.0, -1.0, 9.1, -1.0, -1.0, 5.0]), institution);
    assert_eq!(judge([115.0, 100.0, 1.2, 0.8, 3.0, 1.44, 5.0]), thin);
    assert_eq!(judge([40.0, 20.0, 2.0, 0.9, -1.0, -1.0, 3.0]), thin);
    assert_eq!(judge([5.0, 5.0, 1.0, 0.1, -1.0, -1.0, 5.0]), Some(HardlyResidential::Nobody));
    // Farms, with and without published figures; a village; flats; a village with a home.
    assert_eq!(judge([580.0, 210.0, 2.8, 0.05, 100.0, 2.35, 5.0]), None);
    assert_eq!(judge([35.0, 15.0, 2.3, 0.1, -1.0, -1.0, 5.0]), None);
    assert_eq!(judge([900.0, 390.0, 2.3, 12.0, 85.0, 0.9, 5.0]), None);
    assert_eq!(judge([3250.0, 1425.0, 2.3, 129.0, -1.0, 0.7, 2.0]), None);
    assert_eq!(judge([1025.0, 240.0, 2.6, 12.5, 62.0, 1.1, 3.0]), None);
}

#[test]
fn what_is_not_published_yet_tells_nothing() {
    let rule = rule("").expect("the rule that is built in");
    let mut of = figures([40.0, 20.0, 2.0, 0.9, -1.0, -1.0, 3.0]);
    of.houses = Some(Value::Missing(Reason::NogNietGepubliceerd));
    assert_eq!(rule.judge(&code("BU00010000"), &of), None);
    assert_eq!(rule.judge(&code("BU00010000"), &Figures::default()), None);
}

#[test]
fn an_administrator_sets_thresholds_and_lists() {
    let estate = figures([115.0, 100.0, 1.2, 0.8, 3.0, 1.44, 5.0]);
    let farms = figures([580.0, 210.0, 2.8, 0.05, 100.0, 2.35, 5.0]);
    let stricter = rule("drempels = { eengezinswoningen = 2 }").expect("a threshold");
    assert_eq!(stricter.judge(&code("BU00010000"), &estate), None);
    let listed = rule(
        "wel = [{ code = 'BU00020000', reden = 'camping' }]\n\
         niet = [{ code = 'BU00500007', reden = { nl = 'bewoond', en = 'lived in' } }]",
    )
    .expect("lists");
    let why = listed.judge(&code("BU00020000"), &farms).expect("it is listed");
    assert_eq!(why.text().nl, "camping");
    // Built in as hardly residential, and taken off here.
    assert_eq!(listed.judge(&code("BU00500007"), &farms), None);
    assert!(listed.text().nl.contains("15%") && stricter.text().nl.contains("2%"));
    for wrong in [
        "drempels = { huizen = 2 }",
        "drempels = { inwoners = nan }",
        "wel = [{ code = 'BU00020000', reden = 'a' }]\nniet = [{ code = 'BU00020000', reden = 'b' }]",
    ] {
        assert!(rule(wrong).is_err(), "{wrong}");
    }
}
