//! How good, how varied, how hard? Three axes, never one number.
