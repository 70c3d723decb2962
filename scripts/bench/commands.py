"""Import, start, location and archives, by the commands themselves."""

import random
import time
from pathlib import Path

from process import Served, peak_mb, run

# The extent of the country in RD metres and in degrees: about half of the points fall outside it.
X_RANGE, Y_RANGE = (13_600.0, 278_000.0), (306_900.0, 619_300.0)
LON_RANGE, LAT_RANGE = (3.36, 7.23), (50.75, 53.56)


def points(folder, name, header, first, second, count):
    """A CSV of random points, the same in every run."""
    rng = random.Random(20240101)
    path = folder / name
    with path.open("w") as out:
        out.write(f"id,{header}\n")
        for number in range(count):
            out.write(f"{number},{rng.uniform(*first):.6f},{rng.uniform(*second):.6f}\n")
    return path


def start(binary, atlas, path):
    """Seconds until `path` was answered by a server that is started for it, and its peak MB."""
    with Served(binary, atlas) as served:
        served.get(path)
        seconds = time.perf_counter() - served.started
        return seconds, None, peak_mb(served.process.pid)


def measure(table, binary, make, atlas, count):
    """Makes `atlas` and measures what commands do with it."""
    folder = Path(atlas).parent

    def fresh():
        for old in folder.glob(Path(atlas).name + "*"):
            old.unlink()
        return run([binary, *make])

    table.timed("import: the country and its figures", fresh, reach="3.5 s, 500 MB")
    table.timed(
        "start to the first location",
        lambda: start(binary, atlas, "/v1/locaties?lat=52.37&lon=4.89"),
        reach="0.5 s, 250 MB",
    )
    for name, crs, header, first, second, reach in (
        ("locate: RD", "rd", "x,y", X_RANGE, Y_RANGE, "1.5 M/s"),
        ("locate: degrees", "wgs84", "lon,lat", LON_RANGE, LAT_RANGE, "1.5 M/s"),
    ):
        path = points(folder, f"{crs}.csv", header, first, second, count)

        def locate():
            with path.open("rb") as given, (folder / "out.csv").open("wb") as out:
                return run([binary, "locate", "--data", atlas, "--crs", crs], given, out)

        table.timed(f"{name}, {count:,} rows", locate, count, reach=reach)
    archive = str(folder / "buurten.pmtiles")
    layer = "buurten?indicator=inwoners"
    table.timed(
        "all vector tiles z5–z12 to PMTiles, start included",
        lambda: run([binary, "export", "--data", atlas, "--layer", layer, "--force", archive]),
        reach="2 s",
    )
