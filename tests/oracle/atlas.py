"""The shapes of an atlas as GEOS sees them. Knows the GeoPackage standard and nothing else."""

import sqlite3
from pathlib import Path

import shapely

# Bytes of the envelope by its code in the flags of a GeoPackage geometry (standard, 2.1.3).
ENVELOPE = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}


def wkb(blob):
    """The WKB behind the header of a GeoPackage geometry."""
    if blob[:2] != b"GP":
        raise ValueError("no GeoPackage geometry")
    return blob[8 + ENVELOPE[(blob[3] >> 1) & 7] :]


def tables(path):
    """The tables with shapes, in order of name, with the name of their geometry column."""
    with sqlite3.connect(f"file:{Path(path).resolve()}?mode=ro", uri=True) as atlas:
        return atlas.execute(
            "SELECT table_name, column_name FROM gpkg_geometry_columns ORDER BY table_name"
        ).fetchall()


def shapes(path, table, column):
    """Codes and shapes of a table."""
    with sqlite3.connect(f"file:{Path(path).resolve()}?mode=ro", uri=True) as atlas:
        rows = atlas.execute(f'SELECT code, "{column}" FROM "{table}" ORDER BY code').fetchall()
    return [code for code, _ in rows], shapely.from_wkb([wkb(blob) for _, blob in rows])
