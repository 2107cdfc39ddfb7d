//! Styles in which names are written.

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    Snake,
    Camel,
    Pascal,
    Kebab,
    Dotted,
}

impl Style {
    pub(super) fn name(self) -> &'static str {
        match self {
            Style::Snake => "snake_case",
            Style::Camel => "camelCase",
            Style::Pascal => "PascalCase",
            Style::Kebab => "kebab-case",
            Style::Dotted => "dotted.case",
        }
    }
}

/// The style of a name; `None` for a single word in lower case and for capitals alone, which fit everywhere.
pub(super) fn style(name: &str) -> Option<Style> {
    let upper = name.chars().any(|c| c.is_ascii_uppercase());
    let lower = name.chars().any(|c| c.is_ascii_lowercase());
    match name {
        _ if !lower => None,
        // The dot of `PM2.5` is of a number.
        _ if name.as_bytes().windows(3).any(|w| w[1] == b'.' && !(w[0].is_ascii_digit() && w[2].is_ascii_digit())) => Some(Style::Dotted),
        _ if name.contains('-') => Some(Style::Kebab),
        _ if name.trim_matches('_').contains('_') => Some(Style::Snake),
        _ if upper && name.starts_with(|c: char| c.is_ascii_uppercase()) => Some(Style::Pascal),
        _ if upper => Some(Style::Camel),
        _ => None,
    }
}
