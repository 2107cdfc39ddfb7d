//! Which dialogues make up the set?
//!
//! [`aim`] is what is asked for, [`pool`] looks at rows and chooses by quotas and coverage, [`archive`] knows the cells and the elites of each,
//! [`run`] reads and writes. [`trust`] says how much a synthetic row is worth beside a real one, [`resample`] turns weights into copies. Quality, diversity and
//! complexity stay three things here as everywhere: rows are chosen by quotas and by what they cover, subject to quality, and never by a
//! product of scores.

pub mod aim;
pub mod archive;
pub mod pool;
mod quota;
pub mod resample;
pub mod run;
mod select;
pub mod trust;
