//! How do others read and write it?
