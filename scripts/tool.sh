#!/usr/bin/env bash
# Prints where a cargo tool is, one of those that only `make lint` and `make dist` need; builds it
# once, outside target, where it is not installed.
source "$(dirname "$0")/common.sh"
need cargo 'see https://rustup.rs'

declare -A versions=([cargo-deny]=0.20.2 [cargo-cyclonedx]=0.5.9)
tool=$1
tools=$cache/tools
if have "$tool"; then
  command -v "$tool"
  exit
fi
if [ ! -x "$tools/bin/$tool" ]; then
  say "$tool ${versions[$tool]}: built once, which takes some minutes" >&2
  cargo install --locked --quiet --root "$tools" --version "${versions[$tool]}" "$tool" >&2
fi
echo "$tools/bin/$tool"
