//! Bytes to text: encodings, byte-order marks, size.

use crate::error::Fault;
use std::borrow::Cow;
use std::path::Path;

/// Files above this size are refused before they are parsed.
pub const MAX_BYTES: usize = 256 << 20;

/// Decodes UTF-8 (with or without a byte-order mark) and UTF-16 with one. Everything else is a fault that names the place.
pub(crate) fn decode<'a>(file: &Path, bytes: &'a [u8]) -> Result<Cow<'a, str>, Fault> {
    if bytes.len() > MAX_BYTES {
        return Err(too_big(file, bytes.len() as u64));
    }
    let text = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(file, rest)?,
        [0xFF, 0xFE, rest @ ..] => utf16(file, rest, u16::from_le_bytes)?.into(),
        [0xFE, 0xFF, rest @ ..] => utf16(file, rest, u16::from_be_bytes)?.into(),
        _ => utf8(file, bytes)?,
    };
    match text.find('\0') {
        Some(at) => {
            let (line, column) = place(&text[..at]);
            Err(Fault::new(file, "the file contains a NUL character", "save it as plain UTF-8 text").at(line, column))
        }
        None => Ok(text),
    }
}

pub(crate) fn too_big(file: &Path, bytes: u64) -> Fault {
    Fault::new(
        file,
        format!("the file is too large: {} MiB, and at most {} MiB are read", bytes >> 20, MAX_BYTES >> 20),
        "split the catalog into several files",
    )
}

/// The same of bytes that are no longer needed: they become the text, and are not copied.
pub(crate) fn decode_all(file: &Path, bytes: Vec<u8>) -> Result<String, Fault> {
    let is_text = match decode(file, &bytes)? {
        Cow::Borrowed(text) if text.len() == bytes.len() => None,
        other => Some(other.into_owned()),
    };
    Ok(is_text.unwrap_or_else(|| String::from_utf8(bytes).unwrap_or_default()))
}

fn utf8<'a>(file: &Path, bytes: &'a [u8]) -> Result<Cow<'a, str>, Fault> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.into()),
        Err(error) => {
            let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            let (line, column) = place(&good);
            let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
            Err(Fault::new(file, format!("byte 0x{byte:02X} is not valid UTF-8"), "save the file as UTF-8").at(line, column))
        }
    }
}

fn utf16(file: &Path, bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Fault> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    match String::from_utf16(&units) {
        Ok(text) if rest.is_empty() => Ok(text),
        _ => Err(Fault::new(file, "the file begins like UTF-16 and is not valid UTF-16", "save the file as UTF-8")),
    }
}

/// Line and column, from 1, of what follows `before`.
pub(crate) fn place(before: &str) -> (u32, u32) {
    let line = before.bytes().filter(|byte| *byte == b'\n').count() as u32 + 1;
    let column = before.rsplit('\n').next().map_or(0, |rest| rest.chars().count()) as u32 + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> Result<String, String> {
        let all = decode_all(Path::new("f"), bytes.to_vec()).map_err(|fault| fault.to_string());
        assert_eq!(decode(Path::new("f"), bytes).map(Cow::into_owned).map_err(|fault| fault.to_string()), all);
        all
    }

    #[test]
    fn utf8_with_a_byte_order_mark_is_read_without_it() {
        assert_eq!(text(b"\xEF\xBB\xBF{}").as_deref(), Ok("{}"));
    }

    #[test]
    fn utf16_with_a_byte_order_mark_is_read_in_both_byte_orders() {
        assert_eq!(text(b"\xFF\xFE{\0}\0").as_deref(), Ok("{}"));
        assert_eq!(text(b"\xFE\xFF\0{\0}").as_deref(), Ok("{}"));
        assert!(text(b"\xFF\xFE{\0}").is_err(), "an odd byte is left over");
    }

    #[test]
    fn foreign_bytes_are_named_with_their_place() {
        assert_eq!(text(b"a: b\nc: \xE9t\xE9").unwrap_err(), "f:2:4: byte 0xE9 is not valid UTF-8; save the file as UTF-8");
        assert_eq!(text(b"a\0b").unwrap_err(), "f:1:2: the file contains a NUL character; save it as plain UTF-8 text");
    }
}
