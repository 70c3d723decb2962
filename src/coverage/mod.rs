//! Shapes on a millimetre grid in RD, their repair, and the R-tree that finds them.
