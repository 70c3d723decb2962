#!/usr/bin/env bash
# The page in Chromium, served by the built binary with fictional data.
source "$(dirname "$0")/common.sh"
binary=${1:-target/debug/wijkzicht}

for name in chromium chromium-browser google-chrome; do
  have "$name" && CHROMIUM=${CHROMIUM:-$(command -v "$name")}
done
[ -n "${CHROMIUM:-}" ] || die 'no Chromium: scripts/system.sh installs it'
export CHROMIUM

log=$(mktemp)
"$binary" serve --demo --listen 127.0.0.1:0 >"$log" 2>&1 </dev/null &
server=$!
trap 'kill "$server" 2>/dev/null || true; rm -f "$log"' EXIT
for _ in $(seq 600); do
  WIJKZICHT_URL=$(sed -n 's|^luistert op \(http://[^ ]*\).*|\1|p' "$log")
  [ -z "$WIJKZICHT_URL" ] || break
  kill -0 "$server" 2>/dev/null || break
  sleep 0.2
done
[ -n "$WIJKZICHT_URL" ] || { cat "$log" >&2; die 'the server did not come to listen'; }
export WIJKZICHT_URL
export WIJKZICHT_BIN=$(realpath "$binary")
scripts/web.sh test:browser || { cat "$log" >&2; exit 1; }
