#!/usr/bin/env bash
# Measures the release binary: on ../shared/data where it is, else on generated data. Prints a
# table. Figures of different machines or runs are not comparable; ratios within one run are.
source "$(dirname "$0")/common.sh"
need python3 'Python 3.11 or newer; its standard library is enough'
[ -x target/release/wijkzicht ] || die 'no target/release/wijkzicht: run make build'
exec python3 scripts/bench.py --binary target/release/wijkzicht "$@"
