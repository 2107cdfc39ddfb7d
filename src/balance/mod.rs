//! Which dialogues make up the set?
//!
//! [`trust`] says how much a synthetic row is worth beside a real one, [`resample`] turns weights into copies. Quality, diversity and
//! complexity stay three things here as everywhere: rows are chosen by quotas and by what they cover, subject to quality, and never by a
//! product of scores.

pub mod resample;
pub mod trust;
