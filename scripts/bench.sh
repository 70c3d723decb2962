#!/usr/bin/env bash
# Measures the release binary beside floors and peers, on ../shared/data where it is, else on
# generated data. Prints a table. Figures of different machines or runs are not comparable; ratios
# within one run are. Arguments are those of scripts/bench/main.py; kernels: cargo bench.
source "$(dirname "$0")/common.sh"
need python3 'Python 3.11 or newer'
[ -x target/release/wijkzicht ] || die 'no target/release/wijkzicht: run make build'
scripts/system.sh bench
python=$(scripts/python.sh scripts/bench)
exec python3 scripts/bench/main.py --python "$python" "$@"
