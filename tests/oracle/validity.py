"""validity.py ATLAS: says of each table how many shapes are invalid; exit code 1 when any is."""

import sys

import shapely

from atlas import shapes, tables

faults = 0
for table, column in tables(sys.argv[1]):
    codes, polygons = shapes(sys.argv[1], table, column)
    valid = shapely.is_valid(polygons) & ~shapely.is_empty(polygons)
    faults += int((~valid).sum())
    for index in (~valid).nonzero()[0][:10]:
        print(f"{table} {codes[index]}: {shapely.is_valid_reason(polygons[index])}")
    print(f"{table}: {len(codes)} shapes, {int((~valid).sum())} invalid")
sys.exit(1 if faults else 0)
