"""What the map costs the page's own thread, beside others that paint the same in the same browser."""

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

PEER = "protomaps-leaflet@5.1.0"
PEERS = (("plain", "L.geoJSON"), ("tiled", "protomaps-leaflet"))

# What is measured, its name, what it should stay under, and what the others do for the same.
WORK = (
    ("class", "a class alone, under the pointer", "12 ms", "topic"),
    ("topic", "another topic, already loaded", "12 ms", "topic"),
    ("classFilter", "a filter of classes", "12 ms", "topic"),
    ("range", "a filter of values", "12 ms", "topic"),
    ("deviation", "distances to a mean, and back", "12 ms", "topic"),
    ("hover", "twenty moves of the pointer", "", "hover"),
    ("zoom", "a zoom in or out", "", "zoom"),
)


def bundle():
    """Of protomaps-leaflet, fetched once; None where it cannot be had."""
    home = HERE.parents[1] / "target" / "bench"
    file = home / "node_modules/protomaps-leaflet/dist/protomaps-leaflet.js"
    if not file.exists():
        home.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(home), PEER]
        done = subprocess.run(command, stdout=subprocess.DEVNULL)
        if done.returncode != 0 or not file.exists():
            print(f"skipped: {PEER} could not be fetched", file=sys.stderr)
            return None
    return str(file)


def beside(own, others, unit="ms"):
    """What others take, with how much of that ours is."""
    known = [(name, value) for name, value in others if value is not None]
    return "; ".join(
        f"{name} {value:.1f} {unit}: {own / max(value, 0.1):.2f} ×" for name, value in known
    )


def measure(table, binary, atlas, folder, where):
    """Of the atlas that `where` names."""
    browser = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if browser is None or not (WEB / "node_modules" / "playwright-core").exists():
        print("skipped: browser needs Chromium and web/node_modules", file=sys.stderr)
        return
    with Served(binary, atlas) as served:
        layer = "/v1/lagen/buurten.geojson?indicator=inwoners&detail=grof"
        borders = folder / "plain.geojson"
        borders.write_bytes(served.get(layer)[0])
        given = (f"http://{served.address}", str(borders), bundle())
        out = subprocess.run(
            ["node", str(HERE / "browser.mjs"), *filter(None, given)],
            check=True, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "CHROMIUM": browser, "ROUNDS": str(max(9, table.rounds))},
        ).stdout
    figures = json.loads(out.splitlines()[-1])
    ours = figures["ours"]
    peers = [(name, figures[key]) for key, name in PEERS if key in figures]
    for key, name, reach, peer in WORK:
        own = ours[key]
        others = [(of, found[peer]["ms"] if peer in found else None) for of, found in peers]
        table.row(
            f"{where}: {name}",
            f"{own['ms']:.1f} ms",
            f"{own['low']:.1f}–{own['high']:.1f}",
            beside(own["ms"], others),
            reach,
        )
    own = ours["pan"]
    table.row(
        f"{where}: the worst frame while it is dragged",
        f"{own['worst']:.0f} ms",
        f"p50 {own['p50']:.1f}, p95 {own['p95']:.1f}",
        beside(own["worst"], [(of, found["pan"]["worst"]) for of, found in peers]),
        "p95 17 ms",
    )
    nodes = "; ".join(f"{of} {found['nodes']}" for of, found in peers)
    table.row(f"{where}: nodes of the map", str(ours["nodes"]), "", nodes, "200")
