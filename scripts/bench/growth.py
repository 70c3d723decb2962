"""A country of so many times as many areas in the same space: copies of it, each made smaller.

growth.py FILE LAYER CODE TIMES OUT: TIMES is a square (1, 4, 16). Codes are told apart by the
number of their gemeente.
"""

import math
import sqlite3
import struct
import sys

import geopandas
import shapely

TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT,
  organization_coordsys_id INTEGER, definition TEXT, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT,
  description TEXT, last_change DATETIME, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
  srs_id INTEGER);
CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT,
  srs_id INTEGER, z TINYINT, m TINYINT);
CREATE TABLE buurten (fid INTEGER PRIMARY KEY, geom BLOB, buurtcode TEXT, buurtnaam TEXT,
  wijkcode TEXT, gemeentecode TEXT, gemeentenaam TEXT, water TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES ('RD', 28992, 'EPSG', 28992, 'undefined', '');
INSERT INTO gpkg_contents VALUES ('buurten', 'features', 'buurten', '', '2024-01-01T00:00:00Z',
  0, 300000, 300000, 625000, 28992);
INSERT INTO gpkg_geometry_columns VALUES ('buurten', 'geom', 'MULTIPOLYGON', 28992, 0, 0);
"""
HEADER = struct.pack("<2sBBi", b"GP", 0, 1, 28992)


def main(path, layer, column, times, out):
    side = math.isqrt(int(times))
    country = geopandas.read_file(path, layer=layer, columns=[column])
    shapes = shapely.make_valid(country.geometry.values)
    codes = [code.removeprefix("BU") for code in country[column]]
    gemeenten = {code: at for at, code in enumerate(sorted({code[:4] for code in codes}))}
    west, south, east, north = shapely.total_bounds(shapes)
    with sqlite3.connect(out) as file:
        file.executescript(TABLES)
        for copy in range(side * side):
            column_at, row_at = copy % side, copy // side

            def place(at):
                corner = [column_at * (east - west) / side, row_at * (north - south) / side]
                return [west, south] + (at - [west, south]) / side + corner

            placed = shapely.transform(shapes, place)
            rows = []
            for code, shape in zip(codes, placed):
                gemeente = f"{gemeenten[code[:4]] + copy * len(gemeenten):04}"
                rows.append((HEADER + shape.wkb, f"BU{gemeente}{code[4:]}", "buurt",
                             f"WK{gemeente}{code[4:6]}", f"GM{gemeente}", "gemeente", "NEE"))
            file.executemany(
                "INSERT INTO buurten (geom, buurtcode, buurtnaam, wijkcode, gemeentecode,"
                " gemeentenaam, water) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        file.execute("PRAGMA application_id = 1196444487")
        file.execute("PRAGMA user_version = 10300")


main(*sys.argv[1:6])
