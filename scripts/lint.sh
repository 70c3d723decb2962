#!/usr/bin/env bash
# What a reader would trip over: formatting, clippy, the web's types and rules, and the licences and
# sources of all that is used. With --rust formatting and clippy alone, with --licences the last.
source "$(dirname "$0")/common.sh"

rust() {
  say 'cargo fmt --check'
  cargo fmt --check
  say 'cargo clippy'
  cargo clippy --locked --all-targets --quiet -- -D warnings
}

licences() {
  say 'cargo deny'
  deny=$(scripts/tool.sh cargo-deny)
  "$deny" --log-level error check bans licenses sources
  say 'licences of the page'
  scripts/web.sh licences
}

case "${1:-}" in
  --rust) rust ;;
  --licences) licences ;;
  *)
    scripts/web.sh check
    rust
    licences
    ;;
esac
