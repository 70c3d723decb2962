//! geodata
