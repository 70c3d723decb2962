"""The measures of the questions by the Python packages that planners use, on one core.

measures.py ATLAS LAYER: prints lines of a name and CPU seconds, medians of three after a first call
that does not count (numba compiles in it). Numbers are those of benches/kernels/statistics.rs.
"""

import os

for name in ("OMP", "OPENBLAS", "MKL", "NUMBA"):
    os.environ[f"{name}_NUM_THREADS"] = "1"

import statistics
import sys
import time
import warnings

warnings.filterwarnings("ignore")

import geopandas
import jenkspy
import numpy
from esda import Moran, Moran_Local
from libpysal.graph import Graph
from segregation.singlegroup import Dissim, Gini, SpatialDissim


def timed(name, work, rounds=3, warm=True):
    if warm:
        work()
    seconds = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        seconds.append(time.process_time() - started)
    print(f"{name}\t{statistics.median(seconds):.6f}", flush=True)


def main(atlas, layer):
    areas = geopandas.read_file(atlas, layer=layer)
    order = numpy.arange(len(areas), dtype=numpy.int64)
    group = (order * 7919 % 1009).astype(float)
    areas["group"] = group
    areas["total"] = group + order * 104_729 % 1009
    values = (order * 7919 % 1_000_003) / 1000.0
    for classes in (5, 9):
        timed(f"Fisher-Jenks, {classes}",
              lambda: jenkspy.jenks_breaks(values, n_classes=classes), warm=False)
    timed("D", lambda: Dissim(areas, "group", "total"))
    timed("Gini", lambda: Gini(areas, "group", "total"))
    weights = Graph.build_contiguity(areas, rook=False).to_W()
    weights.transform = "r"
    timed("Moran's I, 999", lambda: Moran(group, weights, permutations=999), warm=False)
    timed("local Moran, 999",
          lambda: Moran_Local(group, weights, permutations=999, n_jobs=1, seed=1))
    # All pairs in memory: once is enough.
    timed("spatial D", lambda: SpatialDissim(areas, "group", "total", w=weights), 1, warm=False)


main(*sys.argv[1:3])
