//! Errors as a person reads them: what, where with the line itself, and the cure.

use crate::error::{Error, Fault};
use miette::{LabeledSpan, MietteDiagnostic, NamedSource, Report, SourceOffset};

/// The largest file of which a line is shown.
const MAX_SHOWN: u64 = 8 << 20;

/// The longest line that is shown, in bytes: minified JSON would fill the terminal with one line.
const MAX_LINE: usize = 400;

/// Faults that are printed before the rest is counted.
const MAX_FAULTS: usize = 20;

pub(super) fn print(error: &Error) {
    match error {
        Error::Input(fault) => print_fault(fault),
        Error::Inputs(faults) => {
            faults.iter().take(MAX_FAULTS).for_each(print_fault);
            if faults.len() > MAX_FAULTS {
                eprintln!("… and {} more faults", faults.len() - MAX_FAULTS);
            }
        }
        other => eprintln!("error: {other}"),
    }
}

fn print_fault(fault: &Fault) {
    let mut diagnostic = MietteDiagnostic::new(fault.to_string());
    if !fault.cure.is_empty() {
        diagnostic = diagnostic.with_help(&fault.cure);
        diagnostic.message = Fault { cure: String::new(), ..fault.clone() }.to_string();
    }
    let small = std::fs::metadata(&fault.file).is_ok_and(|data| data.len() <= MAX_SHOWN);
    let source = if small && fault.line > 0 { std::fs::read_to_string(&fault.file).ok() } else { None };
    let source = source.filter(|text| is_readable(text, fault.line as usize));
    let report = match source {
        Some(text) => {
            let at = SourceOffset::from_location(&text, fault.line as usize, fault.column.max(1) as usize);
            diagnostic = diagnostic.with_label(LabeledSpan::at_offset(at.offset().min(text.len()), "here"));
            Report::new(diagnostic).with_source_code(NamedSource::new(fault.file.display().to_string(), text))
        }
        None => Report::new(diagnostic),
    };
    eprintln!("{report:?}");
}

/// The line is in the text, and it and its neighbours, which are shown with it, are of a length that a person reads.
fn is_readable(text: &str, line: usize) -> bool {
    let mut shown = text.lines().skip(line.saturating_sub(2)).take(3).peekable();
    shown.peek().is_some() && shown.all(|line| line.len() <= MAX_LINE)
}
