//! Semantic types: what kind of thing a value is to a person.

use serde::{Deserialize, Serialize};

/// What a value means to a person, beyond its JSON type. Names are those of `x-nl.params.*.sem`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SemType {
    City,
    Country,
    Region,
    /// A venue or landmark by name.
    Place,
    /// A postal address.
    Address,
    Airport,
    /// `YYYY-MM-DD`.
    Date,
    /// `HH:MM` or `HH:MM:SS`.
    Time,
    /// RFC 3339, with or without an offset.
    Datetime,
    /// A length of time: a number with a unit, or ISO 8601.
    Duration,
    Count,
    CountPeople,
    Money,
    Rating,
    Percent,
    /// A measured number: weight, distance, temperature.
    Quantity,
    Person,
    Org,
    /// The name of a work, an event, a task: said in quotes or as it is.
    Title,
    Category,
    Enum,
    Bool,
    /// An identifier that a machine made.
    Id,
    Email,
    Phone,
    Url,
    Path,
    Language,
    /// ISO 4217.
    Currency,
    /// A unit of measurement by name.
    Unit,
    /// What a person would type into a search box.
    Query,
    /// A message, note or body.
    Text,
    Latitude,
    Longitude,
    /// A code that people say as it is: a postcode, a ticker, a coupon.
    Code,
    /// A number of which nothing more is known.
    Number,
}
