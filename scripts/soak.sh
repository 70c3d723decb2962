#!/usr/bin/env bash
# Visitors of every kind for so many seconds, with the atlas replaced under them, on the release
# build; what it found stands in docs/RELIABILITY.md.
source "$(dirname "$0")/common.sh"
seconds=$1
say "soak: $seconds s"
export WIJKZICHT_BINARY=$PWD/target/release/wijkzicht SOAK_SECONDS=$seconds
cargo test --locked --quiet --test it -- --exact --nocapture \
  soak::it_stays_what_it_is_while_everybody_asks_and_the_atlas_changes
