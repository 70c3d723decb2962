#!/usr/bin/env bash
# The page, then the binary that carries it.
source "$(dirname "$0")/common.sh"
need cargo 'see https://rustup.rs'
scripts/web.sh build
say 'cargo build --release'
cargo build --release --locked --quiet
echo 'target/release/wijkzicht'
