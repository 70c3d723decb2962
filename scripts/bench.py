"""Times import, start and location of the release binary, and reads their peak memory.

Each figure is the median of the rounds, of wall time; the spread is the fastest and slowest.
Memory is the peak resident set that the kernel kept of the process, the highest of the rounds.
"""

import argparse
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"

# The extent of the country in RD metres: about half of the points fall outside it.
X_RANGE, Y_RANGE = (13_600.0, 278_000.0), (306_900.0, 619_300.0)
LON_RANGE, LAT_RANGE = (3.36, 7.23), (50.75, 53.56)


def run(arguments, stdin=None, stdout=subprocess.DEVNULL):
    """Runs to the end; gives seconds and peak MB, and stops the program when it failed."""
    with tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(
            arguments, stdin=stdin or subprocess.DEVNULL, stdout=stdout, stderr=errors
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            errors.seek(0)
            sys.exit(f"{' '.join(map(str, arguments))}: {errors.read().decode(errors='replace')}")
    return seconds, usage.ru_maxrss / 1024


def start(binary, atlas, path):
    """Starts the server; gives seconds until `path` was answered, and peak MB until then."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [binary, "serve", "--data", atlas, "--listen", "127.0.0.1:0"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        address = None
        for line in process.stdout:
            if found := re.search(r"http://\S+", line):
                address = found.group()
                break
        if address is None:
            sys.exit("serve ended without saying its address")
        with urllib.request.urlopen(address.rstrip("/") + path, timeout=30) as answer:
            answer.read()
        seconds = time.perf_counter() - started
        status = Path(f"/proc/{process.pid}/status")
        peak = int(re.search(r"VmHWM:\s+(\d+)", status.read_text()).group(1)) / 1024 if status.exists() else 0.0
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
    return seconds, peak


def points(folder, name, header, first, second, count):
    """A CSV of random points, the same in every run."""
    rng = random.Random(20240101)
    path = folder / name
    with path.open("w") as out:
        out.write(f"id,{header}\n")
        for number in range(count):
            out.write(f"{number},{rng.uniform(*first):.6f},{rng.uniform(*second):.6f}\n")
    return path


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--binary", default=str(ROOT / "target/release/wijkzicht"))
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--points", type=int, default=1_000_000)
    options = options.parse_args()
    binary = str(Path(options.binary).resolve())

    rows = []

    def measure(name, work, unit_count=None):
        figures = [work() for _ in range(options.rounds)]
        seconds = sorted(figure[0] for figure in figures)
        middle = statistics.median(seconds)
        rate = f"{unit_count / middle / 1e6:.2f} M/s" if unit_count else ""
        rows.append(
            (name, f"{middle:.3f}", f"{seconds[0]:.3f}–{seconds[-1]:.3f}",
             f"{max(figure[1] for figure in figures):.0f}", rate)
        )
        print(f"{name}: {middle:.3f} s", file=sys.stderr)

    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        atlas = str(folder / "atlas.gpkg")

        def fresh(arguments):
            for old in folder.glob("atlas.gpkg*"):
                old.unlink()
            return run([binary, *arguments])

        country = DATA / "cbs-2024" / "wijkenbuurten_2024_v1.gpkg"
        scores = DATA / "leefbaarometer-3.0" / "Leefbaarometer-scores buurten 2024.csv"
        if country.exists():
            measure("import: country, 3 levels", lambda: fresh(["import", "--data", atlas, str(country)]))
            measure(
                "import: country and scores",
                lambda: fresh(["import", "--data", atlas, str(country), str(scores)]),
            )
        else:
            print(f"skipped: no {country}; measuring generated data", file=sys.stderr)
            measure("demo: 40 gemeenten", lambda: fresh(["demo", "--out", atlas, "--gemeenten", "40"]))
        size = Path(atlas).stat().st_size / 1e6

        measure("start to /v1/indicatoren", lambda: start(binary, atlas, "/v1/indicatoren"))

        for name, crs, header, first, second in (
            ("locate: RD", "rd", "x,y", X_RANGE, Y_RANGE),
            ("locate: lon,lat", "wgs84", "lon,lat", LON_RANGE, LAT_RANGE),
        ):
            path = points(folder, f"{crs}.csv", header, first, second, options.points)

            def locate():
                with path.open("rb") as given, (folder / "out.csv").open("wb") as out:
                    return run([binary, "locate", "--data", atlas, "--crs", crs], given, out)

            measure(f"{name}, {options.points:,} rows", locate, options.points)

    print(f"\n{os.cpu_count()} cores; atlas {size:.1f} MB; medians of {options.rounds}\n")
    print("| work | seconds | fastest–slowest | peak MB | rate |\n| --- | ---: | ---: | ---: | ---: |")
    for row in rows:
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
