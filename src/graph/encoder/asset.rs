//! The parts of an asset; `scripts/encoder/asset.py` has the layout.

/// Takes the front coding off: one piece a line, in order.
pub(super) fn vocabulary_lines(mut block: &[u8], rows: usize) -> Option<String> {
    let mut lines = Vec::with_capacity(block.len() * 2);
    let mut before = Vec::new();
    for _ in 0..rows {
        let (head, rest) = block.split_at_checked(2)?;
        let (more, rest) = rest.split_at_checked(usize::from(head[1]))?;
        before.truncate(usize::from(head[0]));
        before.extend_from_slice(more);
        lines.extend_from_slice(&before);
        lines.push(b'\n');
        block = rest;
    }
    String::from_utf8(lines).ok()
}

/// What is left of the asset.
pub(super) struct Bytes(pub(super) &'static [u8]);

impl Bytes {
    pub(super) fn take(&mut self, count: usize) -> Option<&'static [u8]> {
        let (head, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(head)
    }

    pub(super) fn u32s(&mut self, count: usize) -> Option<Vec<usize>> {
        Some(self.take(4 * count)?.as_chunks().0.iter().map(|b| u32::from_le_bytes(*b) as usize).collect())
    }

    pub(super) fn f32s(&mut self, count: usize) -> Option<Vec<f32>> {
        Some(self.take(4 * count)?.as_chunks().0.iter().map(|b| f32::from_le_bytes(*b)).collect())
    }

    pub(super) fn halves(&mut self, count: usize) -> Option<Vec<f32>> {
        Some(self.take(2 * count)?.as_chunks().0.iter().map(|b| half(u16::from_le_bytes(*b))).collect())
    }

    /// A matrix of signed bytes with a scale for each row.
    pub(super) fn matrix(&mut self, rows: usize, columns: usize) -> Option<Vec<Vec<f32>>> {
        let scales = self.halves(rows)?;
        scales.iter().map(|s| Some(self.take(columns)?.iter().map(|&v| s * f32::from(v as i8)).collect())).collect()
    }
}

/// An IEEE half as a single; scales are never negative, infinite or NaN, but subnormal ones occur.
pub(super) fn half(bits: u16) -> f32 {
    let (exponent, fraction) = (i32::from((bits >> 10) & 31), f32::from(bits & 1023));
    match exponent {
        0 => fraction * (-24f32).exp2(),
        e => (1.0 + fraction / 1024.0) * ((e - 15) as f32).exp2(),
    }
}
