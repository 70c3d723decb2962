//! Days as people write them.

use crate::indicator::Language;

/// `22 november 2026` or `22 November 2026` for `2026-11-22`; what is no such day as it is.
pub fn day_text(iso: &str, language: Language) -> String {
    const NL: [&str; 12] = [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ];
    const EN: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let names = match language {
        Language::Nl => NL,
        Language::En => EN,
    };
    let parts: Vec<usize> = iso.split('-').filter_map(|part| part.parse().ok()).collect();
    match parts[..] {
        [year, month @ 1..=12, day] => format!("{day} {} {year}", names[month - 1]),
        _ => iso.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_have_names() {
        assert_eq!(day_text("2026-11-02", Language::Nl), "2 november 2026");
        assert_eq!(day_text("2024-01-31", Language::En), "31 January 2024");
        for odd in ["2024", "2024-13-01", "2024-00-01", "gisteren", ""] {
            assert_eq!(day_text(odd, Language::Nl), odd);
        }
    }
}
