#!/usr/bin/env bash
# What a reader would trip over: formatting, clippy, the web's types and rules; licences and
# sources of dependencies where cargo-deny is installed.
source "$(dirname "$0")/common.sh"
[ "${1:-}" = --rust ] || scripts/web.sh check
say 'cargo fmt --check'
cargo fmt --check
say 'cargo clippy'
cargo clippy --locked --all-targets --quiet -- -D warnings
if have cargo-deny; then
  say 'cargo deny'
  cargo deny --log-level error check bans licenses sources
fi
