//! How far is it? On standard error, and only where somebody looks.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Rows that were read, and how many a second; their number is not known before.
pub(super) fn rows() -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {human_pos} rows, {per_sec}").unwrap_or_else(|_| ProgressStyle::default_spinner());
    ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(4)).with_style(style)
}
