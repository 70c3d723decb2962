#!/usr/bin/env bash
# Everything that is checked, the quick before the slow. Each runner prints its own closing lines.
source "$(dirname "$0")/common.sh"
need cargo 'see https://rustup.rs'

scripts/system.sh
WIJKZICHT_PYTHON=$(scripts/python.sh)
export WIJKZICHT_PYTHON
[ -d ../shared/data ] || echo 'note: no ../shared/data here, so tests on real data say "skipped"'

# The page comes first: the binary carries it.
scripts/web.sh check test build
scripts/lint.sh --rust
say 'cargo test --doc'
cargo test --doc --locked --quiet
if have cargo-nextest; then
  say 'cargo nextest run'
  cargo nextest run --locked --no-fail-fast
else
  say 'cargo test'
  cargo test --locked --quiet --no-fail-fast --lib --bins --tests
fi

say 'browser'
scripts/browser.sh
