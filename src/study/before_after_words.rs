//! What comes out of a before and after, in sentences.

use crate::{
    area::{Language, Text},
    indicator::{Indicator, Kind},
    layer::{format_number, quantity},
};

use super::{
    BeforeAfterStudy, Scope,
    alike::Period,
    before_after::{LEAST, reading},
    text,
};

/// Why there is no change to tell; `None` where there is.
pub(super) fn why(
    scope: &Scope<'_>,
    period: Period,
    (before, after): (Option<u16>, Option<u16>),
    is_broken: bool,
    (known, all): (usize, usize),
) -> Option<Text> {
    let (name, from) = (&scope.indicator.name, period.from);
    match (before, after) {
        (None, _) => Some(text(
            format!("van {} is er hier geen cijfer van voor {from}", name.nl.to_lowercase()),
            format!("of {} there is no figure here from before {from}", name.en.to_lowercase()),
        )),
        (Some(before), None) if is_broken => Some(text(
            format!(
                "{} betekent na {before} iets anders: de jaren ervoor en erna zijn niet te vergelijken",
                name.nl
            ),
            format!(
                "{} means something else after {before}: the years before and after cannot be compared",
                name.en
            ),
        )),
        (Some(_), None) => Some(text(
            format!("van {} is er hier geen cijfer van {from} of later", name.nl.to_lowercase()),
            format!("of {} there is no figure here of {from} or later", name.en.to_lowercase()),
        )),
        (Some(before), Some(after)) if known < LEAST => Some(text(
            format!(
                "van de {all} gebieden die er het meest op lijken hebben er {known} cijfers van {before} en {after}, en er zijn er {LEAST} nodig"
            ),
            format!(
                "of the {all} areas most like it {known} have figures of {before} and {after}, and it takes {LEAST}"
            ),
        )),
        _ => None,
    }
}

/// A difference of figures, with its sign: of shares in percentage points.
pub(crate) fn signed(number: f64, indicator: &Indicator, language: Language) -> String {
    let size = match indicator.kind {
        Kind::Aandeel => {
            let word = if language == Language::En { "percentage points" } else { "procentpunt" };
            let decimals = indicator.decimals.max(1);
            format!("{}\u{a0}{word}", format_number(number.abs(), decimals, language))
        }
        _ => quantity(number.abs(), indicator, language),
    };
    match number.total_cmp(&0.0) {
        std::cmp::Ordering::Less => format!("\u{2212}{size}"),
        _ => format!("+{size}"),
    }
}

pub(super) fn sentences(scope: &Scope<'_>, study: &BeforeAfterStudy) -> Vec<Text> {
    let mut all = Vec::new();
    match (&study.change, &study.reason) {
        (Some(_), _) => changed(scope, study, &mut all),
        (None, Some(reason)) => all.push(text(
            format!("Hier is geen getal te geven: {}.", reason.nl),
            format!("There is no number to give here: {}.", reason.en),
        )),
        (None, None) => {}
    }
    trend(scope, study, &mut all);
    left_out(study, &mut all);
    let Text { nl, en } = reading();
    all.push(text(format!("Dit is een {nl}."), format!("This is {en}.")));
    all
}

fn changed(scope: &Scope<'_>, study: &BeforeAfterStudy, all: &mut Vec<Text>) {
    let Some(change) = &study.change else { return };
    let (nl, en) = (Language::Nl, Language::En);
    let of = |number, language| quantity(number, scope.indicator, language);
    let by = |number, language| signed(number, scope.indicator, language);
    let (beside, others) = (&change.beside, change.beside.of - 1);
    all.push(text(
        format!(
            "{}: {} ging van {} in {} naar {} in {} ({}).",
            scope.indicator.name.nl,
            study.name,
            of(change.own_before, nl),
            change.before,
            of(change.own_after, nl),
            change.after,
            by(beside.own, nl)
        ),
        format!(
            "{}: {} went from {} in {} to {} in {} ({}).",
            scope.indicator.name.en,
            study.name,
            of(change.own_before, en),
            change.before,
            of(change.own_after, en),
            change.after,
            by(beside.own, en)
        ),
    ));
    all.push(text(
        format!(
            "De {others} gebieden die er het meest op lijken veranderden in dezelfde jaren gemiddeld {}; het verschil is {}.",
            by(beside.others, nl),
            by(beside.difference, nl)
        ),
        format!(
            "The {others} areas most like it changed by {} on average in the same years; the difference is {}.",
            by(beside.others, en),
            by(beside.difference, en)
        ),
    ));
    let (dutch, english) = if beside.rank == 1 {
        (
            format!("Van deze {} gebieden wijkt het het meest af van de andere", beside.of),
            format!("Of these {} areas it differs most from the others", beside.of),
        )
    } else {
        (
            format!(
                "Van deze {} gebieden wijken er {} net zo veel of meer af van de andere",
                beside.of,
                beside.rank - 1
            ),
            format!(
                "Of these {} areas {} differ from the others as much or more",
                beside.of,
                beside.rank - 1
            ),
        )
    };
    all.push(text(
        format!(
            "{dutch} (rang {} van {}): zo'n rang komt door toeval alleen in {} van de {} gevallen voor.",
            beside.rank, beside.of, beside.rank, beside.of
        ),
        format!(
            "{english} (rank {} of {}): by chance alone such a rank comes in {} of {} cases.",
            beside.rank, beside.of, beside.rank, beside.of
        ),
    ));
    if let Some(until) = study.until.filter(|_| !change.has_ended) {
        all.push(text(
            format!("De cijfers lopen tot {}: het einde in {until} valt daarna.", change.after),
            format!("The figures go up to {}: the end in {until} comes after that.", change.after),
        ));
    }
}

fn trend(scope: &Scope<'_>, study: &BeforeAfterStudy, all: &mut Vec<Text>) {
    let (nl, en) = (Language::Nl, Language::En);
    let Some(trend) = &study.trend else {
        if study.change.is_some() {
            all.push(text(
                format!(
                    "Of de trends voor {} al verschilden is niet te zeggen: daarvoor zijn er te weinig jaren of gebieden met cijfers.",
                    study.from
                ),
                format!(
                    "Whether the trends differed before {} cannot be told: there are figures of too few years or areas.",
                    study.from
                ),
            ));
        }
        return;
    };
    let slope = |number, language| per_year(number, scope.indicator, language);
    let years = match (trend.years.first(), trend.years.last()) {
        (Some(first), Some(last)) => format!("{first}–{last}"),
        _ => String::new(),
    };
    let (own, others) = (trend.beside.own, trend.beside.others);
    all.push(text(
        format!(
            "Ervoor ({years}) was de trend hier {} per jaar, bij de andere gemiddeld {} per jaar.",
            slope(own, nl),
            slope(others, nl)
        ),
        format!(
            "Before ({years}) the trend here was {} a year, {} a year on average among the others.",
            slope(own, en),
            slope(others, en)
        ),
    ));
    let by = |language| signed(trend.continued, scope.indicator, language);
    all.push(match (trend.differed, &study.change) {
        (true, Some(change)) => text(
            format!(
                "De trends verschilden dus al voor het begin: waren zij zo doorgegaan, dan was het verschil in {} al {}.",
                change.after,
                by(nl)
            ),
            format!(
                "So the trends differed before the beginning already: had they gone on, the difference in {} would have been {}.",
                change.after,
                by(en)
            ),
        ),
        (true, None) => text(
            "De trends verschilden dus al voor het begin.",
            "So the trends differed before the beginning already.",
        ),
        (false, _) => text(
            "Dat de trends ervoor al verschilden, is niet te zien.",
            "That the trends differed before is not to be seen.",
        ),
    });
}

/// A slope: with a decimal more than the figures have.
fn per_year(number: f64, indicator: &Indicator, language: Language) -> String {
    let fine = Indicator { decimals: indicator.decimals + 1, ..indicator.clone() };
    signed(number, &fine, language)
}

fn left_out(study: &BeforeAfterStudy, all: &mut Vec<Text>) {
    let Some(choice) = &study.choice else { return };
    let counted = |count: usize| match count {
        1 => text(
            "Eén gebied dat er meer op lijkt deed niet mee",
            "One area that is more alike took no part",
        ),
        _ => text(
            format!("{count} gebieden die er meer op lijken deden niet mee"),
            format!("{count} areas that are more alike took no part"),
        ),
    };
    let mut tell = |count: usize, nl: &str, en: &str| {
        if count > 0 {
            let who = counted(count);
            all.push(text(format!("{}, {nl}.", who.nl), format!("{}, {en}.", who.en)));
        }
    };
    tell(
        choice.with_approach,
        "omdat daar in die jaren ook zo'n aanpak was",
        "since there was such an approach there in those years too",
    );
    tell(
        choice.without_area,
        "omdat de grenzen sindsdien anders zijn",
        "since the borders are others by now",
    );
}
