//! `met=`: a second topic on the map of the first, checked against the atlas.

use std::collections::BTreeSet;

use crate::{
    area::{Level, Year},
    atlas::Atlas,
    indicator::{Indicator, Kind},
    layer::Second,
    scale::{Method, PAIR_CLASSES},
};

use super::{
    indicators,
    parameter::{self, Parameter},
    problem::InputError,
    query::Query,
};

/// How many years a second topic may be away from the first.
const MOST_YEARS: u16 = 3;

/// The score whose model holds the origin of residents, and what is made of it alone.
const HOLDS_ORIGIN: &str = "leefbaarheid-2";

/// Whether a query asks for two topics.
pub(super) fn is_asked(query: &Query) -> bool {
    query.text(&parameter::SECOND).is_some()
}

/// The second topic that a query asks for, in the year of the first or the nearest within three:
/// of two the earlier. `period` is that of the first, where it has one. What is wrong is noted in
/// the query.
pub(super) fn second(
    atlas: &Atlas,
    query: &mut Query,
    first: &Indicator,
    level: &Level,
    period: Option<(Option<Year>, Year)>,
) -> Option<Second> {
    let id = query.text(&parameter::SECOND)?.to_owned();
    let second = match indicators::find(atlas, &id) {
        Ok(second) => second,
        Err(error) => {
            let known = InputError::query(parameter::SECOND.name, error.code, error.detail);
            query.fail(known.allowing(fitting(atlas, first, level)));
            return None;
        }
    };
    refuse_choices(query);
    if let Some(detail) = contradiction(first, second) {
        fail(query, "onmogelijk", detail, fitting(atlas, first, level));
        return None;
    }
    let (begin, year) = period?;
    let own = atlas.series(&first.id, level, begin, year)?;
    let away = |of: Year| of.get().abs_diff(year.get());
    let nearest = atlas
        .series_on(&second.id, own.key.vintage, level)
        .filter(|(key, column)| away(key.year) <= MOST_YEARS && column.has_numbers())
        .min_by_key(|(key, _)| (away(key.year), key.year, key.begin));
    if let Some((key, _)) = nearest {
        return Some(Second { indicator: second.id.clone(), begin: key.begin, year: key.year });
    }
    let vintage = own.key.vintage;
    let years: BTreeSet<Year> = atlas
        .series_on(&second.id, vintage, level)
        .filter(|(_, column)| column.has_numbers())
        .map(|(key, _)| key.year)
        .collect();
    let detail = if years.is_empty() {
        let others: BTreeSet<_> =
            atlas.years(&second.id, level).into_iter().map(|(_, year)| year.to_string()).collect();
        let others = if others.is_empty() {
            format!("en ook op geen andere van niveau {level}")
        } else {
            let others: Vec<_> = others.into_iter().collect();
            format!("wel van {} op een eigen indeling", others.join(", "))
        };
        format!(
            "{} heeft op de indeling van {vintage}, waarop {} van {year} staat, geen waarden, \
             {others}",
            second.id, first.id
        )
    } else {
        format!("{} heeft op de indeling van {vintage} geen jaar binnen drie van {year}", second.id)
    };
    fail(query, "geen-jaar", detail, years);
    None
}

/// What stands in the way of two topics on one map, whatever their years.
fn contradiction(first: &Indicator, second: &Indicator) -> Option<String> {
    if first.id == second.id {
        return Some(format!("{} is hetzelfde onderwerp als indicator", second.id));
    }
    let unfit = [first, second].into_iter().find_map(|one| {
        let what = match one.kind {
            Kind::Klasse => "een klasse van de bron, en geen getal om in drieën te delen",
            Kind::Aantal => "een aantal, en een aantal vult nooit een gebied",
            _ => return None,
        };
        Some(format!("{} is {what}", one.id))
    });
    let holds_origin = |one: &Indicator| {
        let rest = one.id.strip_prefix(HOLDS_ORIGIN);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    unfit.or_else(|| {
        let is_circular =
            (holds_origin(first) && second.sensitive) || (holds_origin(second) && first.sensitive);
        is_circular.then(|| {
            "in het model van de Leefbaarometer 2.0 zit herkomst al: dat die twee samengaan, is \
             erin gestopt"
                .to_owned()
        })
    })
}

/// The topics that may lie across another on a level. Sensitive ones are never proposed.
fn fitting<'a>(atlas: &'a Atlas, first: &Indicator, level: &Level) -> Vec<&'a str> {
    let fits = |one: &&Indicator| {
        !one.sensitive
            && contradiction(first, one).is_none()
            && !atlas.years(&one.id, level).is_empty()
    };
    atlas.indicators().filter(fits).map(|one| one.id.as_str()).collect()
}

/// Refuses the choices that one topic has and two have not.
fn refuse_choices(query: &mut Query) {
    let kwantielen = Method::Kwantielen.as_str();
    let three = PAIR_CLASSES.to_string();
    let only: [(&Parameter, Option<&str>); 6] = [
        (&parameter::BEGIN, None),
        (&parameter::METHOD, Some(kwantielen)),
        (&parameter::CLASS_COUNT, Some(&three)),
        (&parameter::BOUNDS, None),
        (&parameter::SCOPE, Some("jaar")),
        (&parameter::PALETTE, None),
    ];
    for (choice, allowed) in only {
        let Some(asked) = query.text(choice) else { continue };
        if allowed == Some(asked) {
            continue;
        }
        let name = choice.name;
        let detail = match allowed {
            Some(allowed) => {
                format!("gaat alleen samen met {name}={allowed}, en dat hoeft er niet bij")
            }
            None => format!("gaat niet samen met {name}: laat een van beide weg"),
        };
        fail(query, "onmogelijk", detail, [] as [&str; 0]);
    }
}

fn fail<S: ToString>(
    query: &mut Query,
    code: &'static str,
    detail: String,
    allowed: impl IntoIterator<Item = S>,
) {
    query.fail(InputError::query(parameter::SECOND.name, code, detail).allowing(allowed));
}

#[cfg(test)]
mod tests {
    use crate::geodata;

    use super::*;

    /// By what the catalogue says of indicators: which they are is nobody's business here.
    #[test]
    fn a_score_that_holds_origin_is_not_laid_beside_it() {
        let catalogue = geodata::catalogue().expect("a sound catalogue");
        let get = |id: &str| catalogue.get(id).expect("in the catalogue");
        let mut sensitive = 0;
        for one in catalogue.iter().filter(|one| one.sensitive) {
            for id in ["leefbaarheid-2", "leefbaarheid-2-bewoners", "leefbaarheid-2-ontwikkeling"] {
                for (first, second) in [(get(id), one), (one, get(id))] {
                    let told = contradiction(first, second).expect("refused");
                    assert!(told.contains("Leefbaarometer 2.0"), "{told}");
                }
            }
            assert_eq!(contradiction(get("leefbaarheid"), one), None);
            sensitive += 1;
        }
        assert!(sensitive > 0);
        assert_eq!(contradiction(get("leefbaarheid-2"), get("woningwaarde")), None);
    }
}
