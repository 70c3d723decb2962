use crate::{
    geodata,
    indicator::{Catalogue, CatalogueError},
};

/// The catalogue of the product with one entry more: of kind `klasse`, with `names` classes.
fn with(recipe: &str, first: u8, names: usize) -> Result<Catalogue, CatalogueError> {
    let class = "{ nl = 'a', en = 'a' },".repeat(names);
    let entry = format!(
        "[[indicator]]
         id = 'proef'
         name = {{ nl = 'Proef', en = 'Trial' }}
         description = {{ nl = 'Proef', en = 'Trial' }}
         topic = {{ nl = 'Berekend', en = 'Calculated' }}
         unit = {{ nl = '', en = '' }}
         decimals = 0
         direction = 'neutraal'
         kind = 'klasse'
         display = 'vlak'
         palette = 'geelgroenblauw'
         method = 'publicatie'
         source = {{ nl = 'wij', en = 'we' }}
         licence = 'CC0'
         derived.{recipe}
         [indicator.classes]
         first = {first}
         names = [{class}]"
    );
    let mut files = geodata::files("indicators/");
    files.push(("proef.toml".to_owned(), entry));
    Catalogue::parse(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))
}

#[test]
fn what_makes_no_sense_is_refused_when_the_catalogue_is_read_and_named() {
    let list = |low: &str, high: &str| {
        format!("stacking = {{ low = [{low}], high = [{high}], part = 0.2, known = 2 }}")
    };
    let sound = list("'leefbaarheid'", "'laag-inkomen'");
    assert!(with(&sound, 0, 3).is_ok());
    let part = "'leefbaarheid', 'leefbaarheid-fysieke-omgeving'";
    let form = "'leefbaarheid', 'leefbaarheid-absoluut'";
    let of = |recipe: &str, id: &str| format!("{recipe} = {{ of = '{id}' }}");
    for (recipe, first, names, told) in [
        (list(part, "'laag-inkomen'"), 0, 4, "partly the same by construction"),
        (list(form, "'laag-inkomen'"), 0, 4, "partly the same by construction"),
        (list("'laag-inkomen'", "'leefbaarheid'"), 0, 3, "high is favourable of leefbaarheid"),
        (list("'leefbaarheid'", "'herkomst-buiten-europa'"), 0, 3, "sensitive"),
        (list("'leefbaarheid'", "'inwoners'"), 0, 3, "a count, a class or sensitive"),
        (list("'leefbaarheid'", ""), 0, 2, "two indicators or more"),
        (list("'leefbaarheid'", "'cluster-leefbaarheid'"), 0, 3, "is computed itself"),
        (sound.replace("0.2", "0.6"), 0, 3, "at most 0.5"),
        (sound.clone(), 0, 2, "with 3 classes from 0"),
        (of("cluster", "geluk"), 1, 5, "geluk as its ingredient"),
        (of("cluster", "leefbaarheid-klasse"), 1, 5, "not of classes"),
        (of("cluster", "leefbaarheid"), 0, 5, "with 5 classes from 1"),
        (of("cluster", "proef"), 1, 5, "is computed itself"),
        ("location-quotient = { of = 'leefbaarheid', least = 100 }".into(), 1, 5, "of a share"),
        ("above = { of = 'koopwoningen', limit = inf }".into(), 0, 2, "a finite number"),
        (
            "typology = { of = 'laag-inkomen', weak = 0, band = 0, between = 2012 }".into(),
            1,
            5,
            "high is good",
        ),
    ] {
        let error = with(&recipe, first, names).expect_err(&recipe).to_string();
        assert!(error.contains("proef") && error.contains(told), "{recipe}: {error}");
    }
    let unknown = with("magic = { of = 'leefbaarheid' }", 1, 5).expect_err("no such recipe");
    assert!(unknown.to_string().contains("proef.toml"), "{unknown}");
}

#[test]
fn what_is_computed_overlaps_with_what_it_is_computed_of() {
    let catalogue = geodata::catalogue().expect("a sound catalogue");
    let overlap = |one: &str, other: &str| {
        let get = |id: &str| catalogue.get(id).unwrap_or_else(|| unreachable!("{id}"));
        let found = catalogue.overlap(get(one), get(other));
        assert_eq!(found, catalogue.overlap(get(other), get(one)), "{one} {other}");
        found
    };
    for (one, other) in [
        ("cluster-leefbaarheid", "leefbaarheid"),
        ("cluster-leefbaarheid", "leefbaarheid-fysieke-omgeving"),
        ("verloop-leefbaarheid", "leefbaarheid-klasse"),
        ("stapeling", "leefbaarheid"),
        ("stapeling", "leefbaarheid-fysieke-omgeving"),
        ("stapeling", "cluster-laag-inkomen"),
        ("stapeling", "bijstand"),
        ("corporatiebuurt", "corporatiewoningen-tov-land"),
    ] {
        assert!(overlap(one, other), "{one} {other}");
    }
    assert!(!overlap("cluster-leefbaarheid", "laag-inkomen"));
    assert!(!overlap("stapeling", "corporatiewoningen"));
}
