"""Whether GEOS finds shapes valid and fitting each other; exit code 1 when it does not.

validity.py ATLAS            every table of an atlas
validity.py --geojson FILE   a collection of features, coordinates as they are

Fitting: a coverage as GEOS has it (Coverage.isValid): no two shapes overlap, and where they touch
they have the same vertices.
"""

import json
import sys

import numpy
import shapely

from atlas import shapes, tables


def judge(name, codes, polygons):
    """The number of shapes that are invalid, empty, or do not fit."""
    wrong = ~shapely.is_valid(polygons) | shapely.is_empty(polygons)
    for index in wrong.nonzero()[0][:10]:
        print(f"{name} {codes[index]}: {shapely.is_valid_reason(polygons[index])}")
    edges = shapely.coverage_invalid_edges(polygons)
    unfit = ~shapely.is_empty(edges)
    for index in unfit.nonzero()[0][:10]:
        print(f"{name} {codes[index]}: does not fit: {edges[index].wkt[:200]}")
    if shapely.coverage_is_valid(polygons) != (not unfit.any()):
        sys.exit(f"{name}: GEOS contradicts itself")
    print(f"{name}: {len(codes)} shapes, {int(wrong.sum())} invalid, {int(unfit.sum())} unfit")
    return int(wrong.sum() + unfit.sum())


faults = 0
if sys.argv[1] == "--geojson":
    with open(sys.argv[2], encoding="utf-8") as file:
        features = json.load(file)["features"]
    polygons = [shapely.from_geojson(json.dumps(feature["geometry"])) for feature in features]
    faults = judge("features", [feature["id"] for feature in features], numpy.array(polygons))
else:
    for table, column in tables(sys.argv[1]):
        faults += judge(table, *shapes(sys.argv[1], table, column))
sys.exit(1 if faults else 0)
