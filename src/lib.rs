//! Walk the tool graph, write the talk: multi-turn tool-calling dialogues from tool catalogs, with no model.
//!
//! Data flows down this list, and a module imports only from modules above it:
//!
//! 1. [`value`]: how a value is said, and read back.
//! 2. [`catalog`]: what tools there are.
//! 3. [`plan`]: how a conversation can go.
//! 4. [`graph`]: which tools belong together, and why; walks over them.
//! 5. [`lint`]: what is wrong with a catalog.
//! 6. [`cover`]: which situations must occur.
//! 7. [`dialogue`]: what a finished dialogue is.
//! 8. [`world`]: what the tools answer.
//! 9. [`script`]: what is said and done, in symbols.
//! 10. [`realise`]: how it is said.
//! 11. [`verify`]: whether it is true.
//! 12. [`twin`]: what would have been wrong.
//! 13. [`operate`]: what makes it harder and leaves it true.
//! 14. [`score`]: how good, how varied, how hard.
//! 15. [`formats`]: how others read it.
//! 16. [`balance`]: which dialogues make up the set.
//! 17. [`compare`]: two sets side by side.
//! 18. [`pipeline`]: in what order.
//! 19. [`cli`]: what a person types.

pub mod balance;
pub mod catalog;
pub mod cli;
pub mod compare;
pub mod cover;
pub mod dialogue;
pub mod error;
pub mod formats;
pub mod graph;
pub mod lint;
pub mod operate;
pub mod pipeline;
pub mod plan;
pub mod realise;
pub mod report;
pub mod score;
pub mod script;
pub mod seed;
pub mod twin;
pub mod value;
pub mod verify;
pub mod world;
