"""location.py points ATLAS COUNT CSV: writes points in RD, half of them close to borders.
location.py compare ATLAS CSV: holds the codes in it against GEOS.

A point that `locate` gives another buurt than GEOS is a fault unless a border is within 1 cm.
"""

import csv
import sys

import numpy
import shapely

from atlas import shapes, tables

TOLERANCE = 0.01


def newest_buurten(path):
    """Codes and shapes of the newest division."""
    names = [(table, column) for table, column in tables(path) if table.startswith("buurten_")]
    return shapes(path, *names[-1])


def write_points(path, count, out):
    _, polygons = newest_buurten(path)
    chance = numpy.random.default_rng(7)
    west, south, east, north = shapely.total_bounds(polygons)
    anywhere = chance.uniform((west, south), (east, north), (count - count // 2, 2))
    corners = shapely.get_coordinates(polygons)
    near = corners[chance.integers(0, len(corners), count // 2)]
    # From a millimetre to ten metres off, each magnitude as likely.
    near = near + chance.normal(0, 1, near.shape) * 10.0 ** chance.uniform(-3, 1, (len(near), 1))
    points = numpy.round(numpy.concatenate([anywhere, near]), 4)
    with open(out, "w", newline="") as file:
        file.write("id,x,y\n")
        file.writelines(f"{n},{x:.4f},{y:.4f}\n" for n, (x, y) in enumerate(points))


def compare(path, located):
    codes, polygons = newest_buurten(path)
    shapely.prepare(polygons)
    ordinal = {code: index for index, code in enumerate(codes)}
    with open(located, newline="") as file:
        rows = csv.DictReader(file)
        given = [(float(row["x"]), float(row["y"]), row["buurtcode"]) for row in rows]
    points = shapely.points([(x, y) for x, y, _ in given])
    found = numpy.array([ordinal[code] if code else -1 for *_, code in given])

    tree = shapely.STRtree(polygons)
    at, inside = tree.query(points, predicate="intersects")
    hits = numpy.bincount(at, minlength=len(points))
    expected = numpy.full(len(points), -1)
    expected[at] = inside
    # In none or in exactly one: that one. In several, only a border can be the reason.
    doubtful = numpy.nonzero((expected != found) | (hits > 1))[0]
    wrong = 0
    for index in doubtful:
        involved = {int(n) for n in inside[at == index]} | ({int(found[index])} - {-1})
        # Repairs may leave a sliver of overlap no wider than the tolerance.
        distance = min(polygons[n].boundary.distance(points[index]) for n in involved)
        if distance > TOLERANCE:
            wrong += 1
            if wrong <= 10:
                names = [codes[n] for n in involved]
                print(f"{points[index].wkt}: given {given[index][2]!r}, {distance:.3f} m from a border of {names}")
    inside_count = int((hits > 0).sum())
    print(f"{len(points)} points, {inside_count} inside, {len(doubtful)} near a border, {wrong} wrong")
    return 1 if wrong or inside_count < len(points) // 10 else 0


match sys.argv[1:]:
    case ["points", path, count, out]:
        write_points(path, int(count), out)
    case ["compare", path, located]:
        sys.exit(compare(path, located))
    case _:
        sys.exit(__doc__)
