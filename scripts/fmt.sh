#!/usr/bin/env bash
# Mends the formatting of Rust and web.
source "$(dirname "$0")/common.sh"
cargo fmt
scripts/web.sh format
