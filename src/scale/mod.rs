//! How values become classes and colours.
