//! What do the tools answer? A symbolic simulator.
