#!/usr/bin/env bash
# The page in Chromium, served by the built binary with fictional data.
source "$(dirname "$0")/common.sh"
binary=${1:-target/debug/wijkzicht}

for name in chromium chromium-browser google-chrome; do
  have "$name" && CHROMIUM=${CHROMIUM:-$(command -v "$name")}
done
[ -n "${CHROMIUM:-}" ] || die 'no Chromium: scripts/system.sh installs it'
export CHROMIUM

logs=$(mktemp -d)
servers=()
trap 'kill "${servers[@]}" 2>/dev/null || true; rm -rf "$logs"' EXIT

# Serves what the arguments say; its address is in $address.
serve() {
  local log=$logs/${#servers[@]}
  "$binary" serve "$@" --listen 127.0.0.1:0 >"$log" 2>&1 </dev/null &
  servers+=($!)
  for _ in $(seq 600); do
    address=$(sed -n 's|^luistert op \(http://[^ ]*\).*|\1|p' "$log")
    [ -z "$address" ] || return 0
    kill -0 "${servers[-1]}" 2>/dev/null || break
    sleep 0.2
  done
  cat "$log" >&2
  die 'the server did not come to listen'
}

serve --demo
WIJKZICHT_URL=$address
# All public data in one atlas, which the tests of imports leave behind.
country=$(find target -name everything.gpkg -printf '%T@ %p\n' | sort -rn | sed -n '1s/^[^ ]* //p' || true)
if [ -n "$country" ]; then
  serve --data "$country"
  export WIJKZICHT_COUNTRY_URL=$address
else
  say 'skipped: the journeys through public data, since no test of imports has made their atlas'
fi
export WIJKZICHT_URL
export WIJKZICHT_BIN=$(realpath "$binary")
scripts/web.sh test:browser || { cat "$logs"/* >&2; exit 1; }
