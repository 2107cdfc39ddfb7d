//! In what order?
