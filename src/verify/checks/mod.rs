//! One check, one file.

use super::Findings;
use super::scene::Scene;

mod alternative;
mod answered;
mod asked;
mod assigned;
mod claims;
mod clarified;
mod confirmed;
mod corrected;
mod derived;
mod echoed;
mod facts;
mod goals;
mod grounded;
mod heard;
mod identity;
mod intent;
mod labelled;
mod limited;
mod listed;
mod mended;
mod named;
mod needed;
mod offered;
mod policy;
mod proposed;
mod provenance;
mod recalled;
mod reckoned;
mod refused;
mod replay;
mod result;
mod retried;
mod schema;
mod selected;
mod shape;
mod statement;
mod surface;
mod unclear;
mod unique;

pub(in crate::verify) use claims::{DONE, FAILS};
pub(in crate::verify) use heard::argued;
pub(in crate::verify) use intent::serves;

/// One thing that must be true of every dialogue.
pub trait Check: Sync {
    /// Stable name, as reports carry it.
    fn name(&self) -> &'static str;
    #[allow(private_interfaces)]
    fn run(&self, scene: &Scene, out: &mut Findings);
}

/// All checks, in the order in which they run.
pub const CHECKS: &[&dyn Check] = &[
    &shape::Shape,
    &offered::Offered,
    &unique::Unique,
    &schema::Schema,
    &result::ResultValid,
    &echoed::Echoed,
    &provenance::Complete,
    &grounded::Grounded,
    &assigned::Assigned,
    &heard::Heard,
    &named::Named,
    &corrected::Corrected,
    &confirmed::Confirmed,
    &selected::Selected,
    &identity::Identity,
    &intent::Intent,
    &refused::Refused,
    &alternative::Alternative,
    &policy::Policies,
    &needed::Needed,
    &retried::Retried,
    &mended::Mended,
    &clarified::Clarified,
    &asked::Asked,
    &limited::Limited,
    &unclear::Unclear,
    &proposed::Proposed,
    &answered::Answered,
    &recalled::Recalled,
    &statement::Statement,
    &facts::Facts,
    &listed::Listed,
    &labelled::Labelled,
    &claims::Claims,
    &goals::Goals,
    &surface::Surface,
    &replay::Replay,
];
