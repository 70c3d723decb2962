#!/usr/bin/env bash
# Feeds every reader what no publisher would send: for that many seconds each, the targets of
# fuzz/ that are named, or all. A finding lies in fuzz/artifacts/, `cargo fuzz run TARGET FILE`
# repeats it.
source "$(dirname "$0")/common.sh"
need cargo 'see https://rustup.rs'
need python3 'it makes the files that fuzzing sets out from'
have cargo-fuzz || { say 'cargo install cargo-fuzz'; cargo install cargo-fuzz --locked; }
seconds=${1:-60}
shift $(($# > 0))
# Sanitizers are for nightly compilers, unless asked like this.
export RUSTC_BOOTSTRAP=1

# What is built for release carries the page.
if ! [ -f web/dist/index.html ] || grep -q 'placeholder: no built page' web/dist/index.html; then
  scripts/web.sh build
fi
say 'cargo fuzz build'
cargo fuzz build -O
python3 fuzz/seeds.py
if ! [ -d fuzz/corpus/atlas ]; then
  mkdir fuzz/corpus/atlas
  cargo run --quiet --locked -- import --data fuzz/corpus/atlas/small.gpkg \
    fuzz/corpus/wijkenbuurten_2024_*.gpkg >/dev/null
fi
mkdir -p fuzz/artifacts

[ $# -gt 0 ] || mapfile -t all < <(cargo fuzz list)
found=()
for target in "${@:-${all[@]}}"; do
  say "$target: $seconds s"
  # What a file of 128 KiB may take: 1.5 GiB in all with the sanitizer's own, 256 MiB at once, ten
  # seconds.
  cargo fuzz run -O "$target" -- -max_total_time="$seconds" -max_len=131072 -timeout=10 \
    -rss_limit_mb=1536 -malloc_limit_mb=256 -print_final_stats=1 \
    >"fuzz/artifacts/$target.log" 2>&1 || found+=("$target")
  grep -aE '^(SUMMARY|stat::(number_of_executed|peak_rss))' "fuzz/artifacts/$target.log"
done
rm -rf /dev/shm/wijkzicht-fuzz-*
[ ${#found[@]} -eq 0 ] || die "findings in ${found[*]}: see fuzz/artifacts/"
