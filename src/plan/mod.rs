//! How can a conversation go?
