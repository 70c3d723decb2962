"""The same work by GEOS (shapely) and GeoPandas, on the same shapes in the same run.

peers.py FILE LAYER: prints lines of a name and seconds, medians of three.
"""

import statistics
import sys
import time

import geopandas
import numpy
import shapely

POINTS = 200_000


def timed(name, work):
    seconds = []
    for _ in range(3):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    print(f"{name}\t{statistics.median(seconds):.4f}", flush=True)


def main(path, layer):
    timed("GeoPandas: read", lambda: geopandas.read_file(path, layer=layer))
    timed(
        "GeoPandas: read and reproject to degrees",
        lambda: geopandas.read_file(path, layer=layer).to_crs(4326),
    )
    shapes = geopandas.read_file(path, layer=layer).geometry.values
    shapes = shapely.make_valid(numpy.asarray(shapes))
    rng = numpy.random.default_rng(20240101)
    west, south, east, north = shapely.total_bounds(shapes)
    points = shapely.points(rng.uniform(west, east, POINTS), rng.uniform(south, north, POINTS))
    tree = shapely.STRtree(shapes)
    shapely.prepare(shapes)
    tree.query(points[:1000], predicate="intersects")
    timed(f"STRtree: {POINTS} points", lambda: tree.query(points, predicate="intersects"))
    timed("GEOS: coverage_simplify, one level", lambda: shapely.coverage_simplify(shapes, 188.0))
    codes = numpy.arange(len(shapes)) // 40
    groups = [shapes[codes == code] for code in range(codes.max() + 1)]
    name, union = "GEOS: coverage_union of groups", shapely.coverage_union_all
    try:
        for group in groups:
            union(group)
    except shapely.errors.GEOSException:
        # Borders that do not fit together to the last digit are refused.
        name, union = "GEOS: union of groups, since coverage_union refuses them", shapely.union_all
    timed(name, lambda: [union(group) for group in groups])


main(*sys.argv[1:3])
