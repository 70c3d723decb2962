#!/usr/bin/env bash
# Installs what the tests need of the system: Chromium for the browser, GDAL as a second reader of
# GeoPackages; or, with `bench`, what the benches need: nginx and wrk; with `dist`, a C compiler for
# static binaries. Says what to do where it may not install.
source "$(dirname "$0")/common.sh"

missing=()
if [ "${1:-}" = bench ]; then
  have nginx || [ -x /usr/sbin/nginx ] || missing+=(nginx-light)
  have wrk || missing+=(wrk)
elif [ "${1:-}" = dist ]; then
  have musl-gcc || missing+=(musl-tools)
else
  have chromium || have chromium-browser || have google-chrome || missing+=(chromium)
  have ogrinfo || missing+=(gdal-bin)
fi
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  have sudo && sudo -n true 2>/dev/null && as_root=(sudo -n)
  [ ${#as_root[@]} -gt 0 ] || die "missing: ${missing[*]}. Install with: sudo apt-get install ${missing[*]} (or what your system calls them), then run this again"
fi
have apt-get || die "missing: ${missing[*]}, and there is no apt-get here: install what your system calls them, then run this again"

say "apt-get install ${missing[*]}"
apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 "$@" </dev/null >"$log" 2>&1; }
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt update || { sleep 5; apt update; } || { cat "$log" >&2; die 'apt-get update failed'; }
apt install -y --no-install-recommends "${missing[@]}" || { tail -20 "$log" >&2; die "apt-get install ${missing[*]} failed"; }
