# Sourced by the other scripts: where things are, and how a step is said.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# What outlives `make clean`: the Python of the tests.
cache=${XDG_CACHE_HOME:-$HOME/.cache}/wijkzicht

say() { printf '\033[1m== %s\033[0m\n' "$*"; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }
need() { have "$1" || die "$1 is not installed: $2"; }

# Colour only where somebody looks.
[ -t 1 ] || say() { printf '== %s\n' "$*"; }
