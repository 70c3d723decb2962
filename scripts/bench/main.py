"""One table of what the release binary does, beside floors and peers in the same run.

Figures of different machines or runs are not comparable; ratios within one run are. Parts:
commands, own, serving (needs nginx and wrk), browser (needs Chromium and node), peers and growth (need
geopandas; see bench.sh), measures (needs esda, segregation and jenkspy, and builds the benches).
"""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import browser
import commands
import own
import serving
from process import Served, peak_mb, run
from table import Table

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
HERE = Path(__file__).resolve().parent
PARTS = ("commands", "own", "serving", "browser", "peers", "growth", "measures")
# How much faster than its peer each measure is asked to be, on one core.
ASKED = {"Fisher-Jenks, 5": 20, "Fisher-Jenks, 9": 20, "D": 20, "Gini": 50, "spatial D": 1000,
         "Moran's I, 999": 3, "local Moran, 999": 3}


def country(atlas):
    """What makes the atlas, a gemeente and bounds in it, and the file with the country's buurten:
    all of the public data, or of a fictional country without it."""
    borders = DATA / "cbs-2024" / "wijkenbuurten_2024_v1.gpkg"
    if borders.exists():
        scores = DATA / "leefbaarometer-3.0" / "Leefbaarometer-scores buurten 2024.csv"
        figures = DATA / "statline" / "kwb-2024-flat.csv"
        files = [str(path) for path in (borders, scores, figures)]
        return ["import", "--data", atlas, *files], "GM0363", (4.0, 51.5, 6.5, 53.0), (borders, "buurten", "buurtcode")
    print(f"skipped: no {borders}; measuring a fictional country", file=sys.stderr)
    return ["demo", "--out", atlas, "--gemeenten", "60"], "GM9003", (3.4, 51.2, 5.2, 52.0), None


def peers(table, python, source):
    if source is None:
        print("skipped: peers need the country's file", file=sys.stderr)
        return
    out = subprocess.run(
        [python, str(HERE / "peers.py"), str(source[0]), source[1]],
        check=True, stdout=subprocess.PIPE, text=True,
    ).stdout
    for line in out.splitlines():
        name, seconds = line.split("\t")
        table.row(f"peer: {name}", f"{float(seconds):.3f} s")


def growth(table, binary, python, source, folder):
    if source is None:
        print("skipped: growth needs the country's file", file=sys.stderr)
        return
    for times in (1, 4, 16):
        given, atlas = folder / f"times-{times}.gpkg", str(folder / f"atlas-{times}.gpkg")
        subprocess.run([python, str(HERE / "growth.py"), *map(str, source), str(times), given],
                       check=True)
        seconds, cpu, peak = run([binary, "import", "--data", atlas, "--year", "2024", str(given)])
        table.row(f"import of {times} × the country's buurten", f"{seconds:.2f} s", "",
                  f"{cpu:.2f} s CPU, {peak:.0f} MB")
        with Served(binary, atlas) as served:
            _, first = served.get("/v1/gebieden?niveau=buurten&lat=52.1&lon=5.1&straal=500")
            _, tile = served.get("/v1/tegels/buurten/10/526/337", "gzip")
            peak = peak_mb(served.process.pid)
        table.row(f"the first location and tile of {times} ×", f"{first * 1e3:.0f} ms", "",
                  f"{tile * 1e3:.0f} ms, {peak:.0f} MB")
        points = commands.points(folder, "grown.csv", "x,y", commands.X_RANGE, commands.Y_RANGE,
                                 1_000_000)
        with points.open("rb") as rows:
            seconds, cpu, _ = run([binary, "locate", "--data", atlas], rows)
        table.row(f"locate, 1,000,000 rows, {times} ×", f"{seconds:.2f} s", "",
                  f"{cpu:.2f} s CPU, start included")
        given.unlink()


def measures(table, python, atlas):
    """Kernels of the measures and the same by their Python packages, both on one core."""
    env = dict(os.environ, WIJKZICHT_BENCH_ATLAS=atlas, RAYON_NUM_THREADS="1")
    subprocess.run(["cargo", "bench", "--bench", "kernels", "--", "statistics/given"], env=env,
                   cwd=ROOT, check=True, stdout=sys.stderr)
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    kernels = {}
    for found in (target / "criterion").glob("statistics_given/*/new/benchmark.json"):
        name = json.loads(found.read_text())["function_id"]
        estimates = json.loads((found.parent / "estimates.json").read_text())
        kernels[name] = estimates["median"]["point_estimate"] / 1e9
    layer = max(layers(atlas, "buurten"))
    out = subprocess.run([python, str(HERE / "measures.py"), atlas, layer], check=True,
                         stdout=subprocess.PIPE, text=True).stdout
    for line in out.splitlines():
        name, seconds = line.split("\t")
        own, peer = kernels[name], float(seconds)
        table.row(f"measure: {name}", f"{own * 1e3:.3f} ms", "",
                  f"{peer / own:.0f} × as fast as the package ({peer * 1e3:.1f} ms CPU)",
                  f"{ASKED[name]} ×")


def layers(atlas, level):
    with closing(sqlite3.connect(atlas)) as file:
        names = [name for (name,) in file.execute("SELECT table_name FROM gpkg_contents")]
    return [name for name in names if name.startswith(level + "_")]


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--binary", default=str(ROOT / "target/release/wijkzicht"))
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--points", type=int, default=3_000_000)
    options.add_argument("--python", default=sys.executable, help="one with geopandas")
    options.add_argument("parts", nargs="*", default=PARTS, metavar="PART", help=", ".join(PARTS))
    options = options.parse_args()
    binary = str(Path(options.binary).resolve())
    table = Table(options.rounds)
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        atlas = str(folder / "atlas.gpkg")
        make, gemeente, bounds, source = country(atlas)
        if "commands" in options.parts:
            commands.measure(table, binary, make, atlas, options.points)
        elif {"own", "serving", "browser", "measures"} & set(options.parts):
            run([binary, *make])
        if "own" in options.parts:
            if source is None:
                print("skipped: own points lie in the real country", file=sys.stderr)
            else:
                own.measure(table, binary, atlas, 2024)
        if "serving" in options.parts:
            serving.measure(table, binary, atlas, gemeente, bounds)
        if "browser" in options.parts:
            browser.measure(table, binary, atlas, folder, "page")
            if source is not None:
                run([binary, "demo", "--out", str(folder / "demo.gpkg")])
                browser.measure(table, binary, str(folder / "demo.gpkg"), folder, "demo's page")
        if "peers" in options.parts:
            peers(table, options.python, source)
        if "measures" in options.parts:
            measures(table, options.python, atlas)
        if "growth" in options.parts:
            growth(table, binary, options.python, source, folder)
    print(f"\n{os.cpu_count()} cores; medians of {options.rounds}, of {serving.TURNS} for serving\n")
    table.print()


main()
