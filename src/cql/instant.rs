//! Dates and timestamps of RFC 3339, of which the order is that of their texts.

/// Whether a text is a day, such as `2024-02-29`.
pub(super) fn is_date(text: &str) -> bool {
    let Some((year, rest)) = text.split_once('-') else { return false };
    let Some((month, day)) = rest.split_once('-') else { return false };
    let (Some(year), Some(month), Some(day)) = (digits(year, 4), digits(month, 2), digits(day, 2))
    else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// A moment in UTC such as `2024-02-29T12:00:00.5Z`, as [`comparable`]; `None` where it is none.
pub(super) fn timestamp(text: &str) -> Option<&str> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let (whole, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let mut parts = whole.split(':');
    let mut part = |most| parts.next().and_then(|p| digits(p, 2)).is_some_and(|p| p <= most);
    // The 60th second is a leap second.
    let fits = is_date(date) && part(23) && part(59) && part(60) && parts.next().is_none();
    let digits = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
    (fits && digits).then(|| comparable(text))
}

/// A timestamp without the `Z`, and without zeros at the end of a fraction: so written, the order
/// of texts is that of time.
pub(super) fn comparable(text: &str) -> &str {
    let text = text.strip_suffix('Z').unwrap_or(text);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

fn digits(text: &str, count: usize) -> Option<u32> {
    let fits = text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| fits)
}
