"""What the map costs the page's own thread, beside `L.geoJSON` on a canvas in the same browser."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from process import Served

HERE = Path(__file__).resolve().parent
WEB = HERE.parents[1] / "web"
NAMES = ("chromium", "chromium-browser", "google-chrome")

# What is measured, its name, what it should stay under, and what `L.geoJSON` does for the same.
WORK = (
    ("class", "a class alone, under the pointer", "12 ms", "topic"),
    ("topic", "another topic, already loaded", "12 ms", "topic"),
    ("classFilter", "a filter of classes", "12 ms", "topic"),
    ("range", "a filter of values", "12 ms", "topic"),
    ("deviation", "distances to a mean, and back", "12 ms", "topic"),
    ("hover", "twenty moves of the pointer", "", "hover"),
    ("zoom", "a zoom in or out", "", "zoom"),
)


def measure(table, binary, atlas, folder):
    browser = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if browser is None or not (WEB / "node_modules" / "playwright-core").exists():
        print("skipped: browser needs Chromium and web/node_modules", file=sys.stderr)
        return
    with Served(binary, atlas) as served:
        layer = "/v1/lagen/buurten.geojson?indicator=inwoners&detail=grof"
        borders = folder / "plain.geojson"
        borders.write_bytes(served.get(layer)[0])
        out = subprocess.run(
            ["node", str(HERE / "browser.mjs"), f"http://{served.address}", str(borders)],
            check=True, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "CHROMIUM": browser, "ROUNDS": str(max(9, table.rounds))},
        ).stdout
    figures = json.loads(out.splitlines()[-1])
    ours, plain = figures["ours"], figures["plain"]
    for key, name, reach, beside in WORK:
        own, other = ours[key], plain[beside]
        table.row(
            f"page: {name}",
            f"{own['ms']:.1f} ms",
            f"{own['low']:.1f}–{own['high']:.1f}",
            f"L.geoJSON {other['ms']:.1f} ms: {own['ms'] / max(other['ms'], 0.1):.2f} ×",
            reach,
        )
    own, other = ours["pan"], plain["pan"]
    table.row(
        "page: frames while it is dragged, p95",
        f"{own['p95']:.1f} ms",
        f"{own['p50']:.1f}–{own['worst']:.1f}",
        f"L.geoJSON {other['p95']:.1f} ms, worst {other['worst']:.0f}: "
        f"{own['worst'] / max(other['worst'], 0.1):.2f} × the worst",
        "17 ms",
    )
    table.row("page: nodes of the map", str(ours["nodes"]), "", f"L.geoJSON {plain['nodes']}", "200")
