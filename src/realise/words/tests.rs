//! The words of outlines, seen from outside.
