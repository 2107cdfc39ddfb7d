//! `walktalk graph`.
