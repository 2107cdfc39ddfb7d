//! Making one value.

use super::World;
use super::maker::{CityForm, Maker};
use super::outcome;
use super::pools::{City, POOLS};
use super::recipe::Grain;
use jiff::civil::Date;
use rand::RngExt;
use serde_json::{Map, Value};

/// How often a value that does not fit is drawn again.
const TRIES: usize = 24;

/// What surrounds a value while it is made.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Near<'a> {
    /// The object so far.
    pub(super) siblings: Option<&'a Map<String, Value>>,
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
    /// Days between which a date lies.
    pub(super) window: Option<(Date, Date)>,
    /// A person says it: round numbers, no seconds.
    pub(super) said: bool,
    /// The call itself does what the name says.
    pub(super) acting: bool,
    /// The arguments of the call, for a result.
    pub(super) beyond: Option<&'a Map<String, Value>>,
}

impl World {
    /// A value for a place that passes its schema and `accept`, or the last one that passes the schema alone, or `None`.
    pub(super) fn make(&mut self, grain: &Grain, near: Near, mut accept: impl FnMut(&Value) -> bool) -> Option<Value> {
        let mut spare = None;
        for attempt in 0..TRIES {
            let Some(value) = self.once(grain, near, attempt).filter(|value| grain.fits(value)) else {
                continue;
            };
            if accept(&value) {
                return Some(value);
            }
            spare.get_or_insert(value);
        }
        spare.or_else(|| self.last_resort(grain, near))
    }

    fn once(&mut self, grain: &Grain, near: Near, attempt: usize) -> Option<Value> {
        match &grain.maker {
            Maker::Fixed(value) => Some(value.clone()),
            Maker::Choice(values) => {
                let pool = format!("{}\u{1f}{}", grain.name, values.len());
                Some(values[self.spread.next(&pool, values.len())].clone())
            }
            Maker::Bool => Some(Value::Bool(outcome::flag(grain, near.acting).unwrap_or_else(|| self.rng.random_bool(0.5)))),
            Maker::Number(numbers) => {
                let within = numbers.draw(&mut self.rng, near.low, near.high, near.said);
                within.or_else(|| numbers.draw(&mut self.rng, None, None, near.said))
            }
            Maker::Serial { low, high } => Some(Value::from(self.rng.random_range(*low..=*high))),
            Maker::Moment(moment) => {
                let at = match near.window {
                    Some((first, last)) => moment.within(&mut self.rng, first, last),
                    None => moment.draw(&mut self.rng, self.now, near.acting),
                };
                Some(moment.write(at))
            }
            Maker::Pattern(sampler) => sampler.draw(&mut self.rng).map(Value::String),
            Maker::Id { prefix, digits } => {
                let floor = 10i64.pow(*digits as u32 - 1);
                Some(Value::String(format!("{prefix}-{}", self.rng.random_range(floor..floor * 10))))
            }
            Maker::Uuid => Some(Value::String(self.uuid())),
            Maker::Examples { pool, values } => Some(Value::String(values[self.spread.next(pool, values.len())].clone())),
            Maker::City(form) => self.city(*form, near, attempt).map(Value::String),
            Maker::Coordinate { latitude, low, high } if attempt < 6 => {
                let at = self.coordinate(near, *latitude, attempt);
                Some(super::number::measured(at, 4)).filter(|_| at >= *low && at <= *high)
            }
            Maker::Coordinate { low, high, .. } => Some(super::number::measured(low + self.rng.random::<f64>() * (high - low), 4)),
            Maker::Email => Some(Value::String(self.email(near))),
            Maker::Phone => Some(Value::String(self.expand("{phone}", 0))),
            Maker::Url => Some(Value::String(self.url(grain))),
            Maker::Person => {
                let own = grain.words.last().is_some_and(|last| last == "name") && grain.words.len() <= 2;
                let mailed = if own && attempt == 0 { name_in_address(near) } else { None };
                Some(Value::String(mailed.unwrap_or_else(|| self.expand("{person.first} {person.last}", 0))))
            }
            Maker::Pool { pool: "address" } => {
                self.here = self.told_city(near).filter(|_| !near.said);
                let address = self.entry("address").map(Value::String);
                self.here = None;
                address
            }
            Maker::Pool { pool } => {
                let told = paired(pool, near).filter(|_| attempt == 0).map(str::to_owned);
                told.or_else(|| self.entry(pool)).map(Value::String)
            }
        }
    }

    /// An entry of a pool, with what it refers to filled in.
    pub(super) fn entry(&mut self, pool: &str) -> Option<String> {
        let entries = POOLS.get(pool);
        let entry = entries.get(self.spread.next(pool, entries.len()))?;
        Some(if entry.contains('{') { self.expand(entry, 0) } else { (*entry).to_owned() })
    }

    /// Fills `{pool}` and `{12-240}`; what is unknown is left out.
    pub(super) fn expand(&mut self, template: &str, depth: usize) -> String {
        let mut out = String::with_capacity(template.len() + 16);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((inside, after)) = after.split_once('}') else {
                break;
            };
            let filled = self.fill(inside, depth);
            // "Under a" Electric Sky.
            if [" a ", "A "].iter().any(|article| out.ends_with(article)) && crate::value::english::article(&filled) == "an" {
                out.pop();
                out.push_str("n ");
            }
            out.push_str(&filled);
            rest = after;
        }
        out.push_str(rest);
        out
    }

    fn fill(&mut self, inside: &str, depth: usize) -> String {
        let range = inside.split_once('-').and_then(|(low, high)| Some((low.parse::<u32>().ok()?, high.parse::<u32>().ok()?)));
        if let Some((low, high)) = range.filter(|(low, high)| low <= high) {
            let width = inside.split('-').next().filter(|low| low.starts_with('0')).map_or(0, str::len);
            return format!("{:0width$}", self.rng.random_range(low..=high));
        }
        if depth > 4 {
            return String::new();
        }
        match inside {
            "city" => self.here.unwrap_or_else(|| self.any_city()).name.to_owned(),
            "country" => self.any_city().country.to_owned(),
            "hex" => format!("{:08x}", self.rng.random::<u32>()),
            "letter" => char::from(b'A' + self.rng.random_range(0..26u8)).to_string(),
            "date" => self.now.date().to_string(),
            pool => {
                let entries = POOLS.get(pool);
                match entries.get(self.spread.next(pool, entries.len())) {
                    Some(entry) if entry.contains('{') => self.expand(entry, depth + 1),
                    Some(entry) => (*entry).to_owned(),
                    None => String::new(),
                }
            }
        }
    }

    fn any_city(&mut self) -> &'static City {
        &POOLS.cities[self.spread.next("city", POOLS.cities.len())]
    }

    /// The city that the object or the call already speaks of, one near it, or a new one.
    fn city(&mut self, form: CityForm, near: Near, attempt: usize) -> Option<String> {
        let spoken = match form {
            CityForm::Name | CityForm::State | CityForm::Country if near.said => None,
            CityForm::Name | CityForm::State | CityForm::Country => self.told_city(near),
            CityForm::CountryName | CityForm::CountryCode => self.spoken_city(near).or_else(|| told_country(form, near)),
            _ => self.spoken_city(near),
        };
        let american = matches!(form, CityForm::State | CityForm::StateCode);
        let city = match spoken {
            Some(city) if matches!(form, CityForm::Airport | CityForm::AirportName) => nearest(city, attempt)?,
            // Only American cities have a state with a code.
            Some(city) if form != CityForm::StateCode || !city.state.is_empty() => city,
            _ => (0..64).map(|_| self.any_city()).find(|city| !american || !city.state.is_empty())?,
        };
        Some(form.of(city))
    }

    fn spoken_city(&self, near: Near) -> Option<&'static City> {
        let about = |key: &str| ["city", "location", "airport", "address"].iter().any(|word| key.to_lowercase().contains(word));
        let of = |value: &Value| {
            let text = value.as_str()?;
            POOLS
                .city(text)
                .or_else(|| POOLS.city(text.rsplit(',').next()?.trim()))
                .or_else(|| POOLS.city(text.strip_suffix(" Airport")?))
                .or_else(|| POOLS.cities.iter().find(|city| city.airport == text))
        };
        let here = near.siblings.into_iter().flatten().chain(near.beyond.into_iter().flatten());
        here.filter(|(key, _)| about(key)).find_map(|(_, value)| of(value))
    }

    /// The city of a result: that of the address beside it, or the one city that the call is about.
    fn told_city(&self, near: Near) -> Option<&'static City> {
        let address = |(key, value): (&String, &Value)| {
            let last = value.as_str().filter(|_| key.to_lowercase().contains("address"))?.rsplit(',').next()?;
            POOLS.city(last.trim())
        };
        let mut asked = near.beyond.into_iter().flatten().filter_map(|(key, value)| {
            let about = ["city", "location", "place", "area", "town"].iter().any(|word| key.to_lowercase().contains(word));
            POOLS.city(value.as_str().filter(|_| about)?)
        });
        let beside = near.siblings.into_iter().flatten().find_map(address);
        beside.or_else(|| asked.next().filter(|_| asked.next().is_none()))
    }

    /// Latitude and longitude of one object are those of one city.
    fn coordinate(&mut self, near: Near, latitude: bool, attempt: usize) -> f64 {
        let of = |city: &City, latitude: bool| if latitude { city.latitude } else { city.longitude };
        let given = near.siblings.into_iter().flatten().find_map(|(key, value)| {
            let (key, at) = (key.to_lowercase(), value.as_f64()?);
            let other = key.starts_with("lat");
            let named = other || key.starts_with("lon") || key.starts_with("lng");
            POOLS.cities.iter().find(|city| named && (of(city, other) - at).abs() < 0.06)
        });
        let city = given.filter(|_| attempt == 0).or_else(|| self.spoken_city(near).filter(|_| attempt < 2));
        let exact = of(city.unwrap_or_else(|| self.any_city()), latitude);
        if near.said { exact } else { exact + f64::from(self.rng.random_range(-400i32..=400)) / 10_000.0 }
    }

    fn email(&mut self, near: Near) -> String {
        let named = near.siblings.into_iter().flatten().find_map(|(key, value)| {
            let name = value.as_str().filter(|text| key.to_lowercase().contains("name") && text.split(' ').count() == 2)?;
            Some(name.to_owned())
        });
        let name = named.unwrap_or_else(|| self.expand("{person.first} {person.last}", 0));
        let domain = self.expand("{email.domain}", 0);
        let plain: String = name.to_lowercase().replace(' ', ".").chars().filter_map(ascii).collect();
        format!("{plain}@{domain}")
    }

    fn url(&mut self, grain: &Grain) -> String {
        let site = self.expand("{site}", 0);
        let any = |words: &[&str]| words.iter().any(|word| grain.has(word));
        let tail = match () {
            () if any(&["image", "photo", "picture", "thumbnail", "avatar", "logo", "icon", "poster", "cover"]) => "images/{hex}.jpg",
            () if any(&["map"]) => "map/{hex}",
            () if any(&["invite", "join"]) => "join/{hex}",
            () if any(&["label", "receipt", "invoice", "pdf", "document", "download"]) => "files/{hex}.pdf",
            () if any(&["webhook", "callback", "endpoint", "api"]) => "api/{url.path}",
            () if any(&["website", "homepage", "domain", "site"]) => "",
            () if any(&["link", "share"]) => "s/{hex}",
            () => "{url.path}",
        };
        let tail = self.expand(tail, 0);
        if tail.is_empty() { format!("https://{site}") } else { format!("https://{site}/{tail}") }
    }

    fn uuid(&mut self) -> String {
        let (a, b): (u64, u64) = (self.rng.random(), self.rng.random());
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            a >> 32,
            (a >> 16) & 0xffff,
            a & 0xfff,
            0x8000 | (b >> 48) & 0x3fff,
            b & 0xffff_ffff_ffff
        )
    }

    /// A value of the right type when nothing natural passes: cut to length, or any string of the pattern.
    fn last_resort(&mut self, grain: &Grain, near: Near) -> Option<Value> {
        if grain.nullable {
            return Some(Value::Null);
        }
        let value = self.once(grain, near, 0)?;
        let text = value.as_str()?;
        let mut end = text.len();
        while end > 0 {
            end = text[..end].rfind([' ', ',']).unwrap_or_else(|| text[..end].char_indices().next_back().map_or(0, |(at, _)| at));
            let cut = Value::String(text[..end].trim_end_matches([' ', ',']).to_owned());
            if grain.fits(&cut) && cut != "" {
                return Some(cut);
            }
        }
        (2..=64).map(|times| Value::String(format!("{text} ").repeat(times).trim_end().to_owned())).find(|value| grain.fits(value))
    }
}

/// A city of the country that stands beside, by its code for the name and the other way round.
fn told_country(form: CityForm, near: Near) -> Option<&'static City> {
    let beside = near.siblings.into_iter().flatten().filter(|_| !near.said).filter_map(|(_, value)| value.as_str());
    let other = if form == CityForm::CountryName { CityForm::CountryCode } else { CityForm::CountryName };
    beside.into_iter().find_map(|text| POOLS.cities.iter().find(|city| other.of(city) == text))
}

/// Pools whose entries are, in the same order, two ways to write the same things.
pub(super) const PAIRS: &[(&str, &str)] = &[("language", "language code")];

/// What stands beside, written the other way: the code of the language that is named.
fn paired(pool: &str, near: Near) -> Option<&'static str> {
    let (here, there) = PAIRS.iter().find(|(a, b)| *a == pool || *b == pool)?;
    let other = if *here == pool { there } else { here };
    let beside = near.siblings.into_iter().flatten().filter_map(|(_, value)| value.as_str());
    let at = beside.into_iter().find_map(|text| POOLS.get(other).iter().position(|entry| *entry == text))?;
    POOLS.get(pool).get(at).copied()
}

/// Letters of names without their accents.
fn ascii(c: char) -> Option<char> {
    Some(match c {
        'a'..='z' | '0'..='9' | '.' | '-' => c,
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'ı' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ç' | 'č' | 'ć' => 'c',
        'ñ' => 'n',
        'š' | 'ş' => 's',
        'ž' => 'z',
        'ğ' => 'g',
        'ł' => 'l',
        _ => return None,
    })
}

/// The city itself, or on later attempts one that is a little further away.
fn nearest(city: &'static City, attempt: usize) -> Option<&'static City> {
    if attempt == 0 {
        return Some(city);
    }
    let mut all: Vec<&City> = POOLS.cities.iter().collect();
    all.sort_by(|a, b| a.away(city).total_cmp(&b.away(city)));
    all.get(attempt).copied()
}

/// Who has the address beside: `ada.long@example.com` is that of Ada Long.
fn name_in_address(near: Near) -> Option<String> {
    near.siblings.into_iter().flatten().find_map(|(key, value)| {
        let (first, last) = value.as_str().filter(|_| key.to_lowercase().ends_with("email"))?.split_once('@')?.0.split_once('.')?;
        let is_name = |part: &str| part.len() > 1 && part.bytes().all(|byte| byte.is_ascii_lowercase());
        let written = |part: &str| format!("{}{}", part[..1].to_uppercase(), &part[1..]);
        (is_name(first) && is_name(last)).then(|| format!("{} {}", written(first), written(last)))
    })
}
