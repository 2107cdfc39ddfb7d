//! One check, one file.

use super::Findings;
use super::scene::Scene;

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
mod needed;
mod offered;
mod proposed;
mod provenance;
mod refused;
mod result;
mod schema;
mod selected;
mod shape;
mod statement;
mod surface;

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
    &schema::Schema,
    &result::ResultValid,
    &echoed::Echoed,
    &provenance::Complete,
    &grounded::Grounded,
    &assigned::Assigned,
    &heard::Heard,
    &corrected::Corrected,
    &confirmed::Confirmed,
    &selected::Selected,
    &identity::Identity,
    &intent::Intent,
    &refused::Refused,
    &needed::Needed,
    &clarified::Clarified,
    &asked::Asked,
    &limited::Limited,
    &proposed::Proposed,
    &answered::Answered,
    &statement::Statement,
    &facts::Facts,
    &listed::Listed,
    &labelled::Labelled,
    &claims::Claims,
    &goals::Goals,
    &surface::Surface,
];
