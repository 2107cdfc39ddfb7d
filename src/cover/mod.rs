//! Which situations must occur?
