"""What others make of vector tiles and of archives of them.

tiles.py tiles FOLDER        files z-x-y.mvt: says how many features, how many are invalid and in how
                             many tiles neighbours do not match; exit code 1 for what cannot be
tiles.py archive FILE        a PMTiles archive: says how many tiles, and of which zooms
tiles.py same FILE FOLDER    whether the archive holds the tiles of the folder, byte by byte
"""

import gzip
import json
import sys
from collections import Counter
from pathlib import Path

import mapbox_vector_tile
import numpy
import shapely
from mapbox_vector_tile.Mapbox import vector_tile_pb2
from pmtiles.reader import MmapSource, Reader, all_tiles
from pmtiles.tile import Compression, TileType

EXTENT = 4096
BUFFER = 64


def layer_of(content):
    """The one layer of a tile, after a look at what the specification asks of it."""
    tile = vector_tile_pb2.tile()
    tile.ParseFromString(content)
    assert len(tile.layers) == 1, "one layer"
    raw = tile.layers[0]
    assert raw.version == 2 and raw.extent == EXTENT, (raw.version, raw.extent)
    values = [value.SerializeToString() for value in raw.values]
    assert len(set(values)) == len(values), "values are stored once"
    assert len(set(raw.keys)) == len(raw.keys), "keys are stored once"
    ids = [feature.id for feature in raw.features]
    assert len(set(ids)) == len(ids), "an area once"
    used = Counter()
    for feature in raw.features:
        assert feature.type == vector_tile_pb2.tile.Polygon
        assert len(feature.tags) % 2 == 0
        used.update(feature.tags[::2])
        assert all(tag < len(raw.values) for tag in feature.tags[1::2])
    assert set(used) == set(range(len(raw.keys))), "no key without a value"
    options = {"y_coord_down": True}
    return mapbox_vector_tile.decode(content, default_options=options)[raw.name]["features"]


def polygons(features):
    return numpy.array([shapely.from_geojson(json.dumps(f["geometry"])) for f in features])


def match(shapes):
    """Whether borders meet in vertices alone, and no ground is in two shapes."""
    rings = shapely.get_rings(shapely.get_parts(shapes))
    edges = set()
    for ring in rings:
        points = [tuple(point) for point in shapely.get_coordinates(ring)]
        edges.update((min(pair), max(pair)) for pair in zip(points, points[1:]))
    noded = shapely.get_parts(shapely.node(shapely.multilinestrings(list(edges))))
    ends = {tuple(sorted(map(tuple, shapely.get_coordinates(line)))) for line in noded}
    return ends == edges and shapely.union_all(shapes).area == shapely.area(shapes).sum()


def check_tiles(folder):
    features = invalid = unmatched = apart = tiles = 0
    for path in sorted(folder.glob("*.mvt")):
        tiles += 1
        found = layer_of(path.read_bytes())
        shapes = polygons(found)
        features += len(shapes)
        bounds = shapely.total_bounds(shapes)
        assert bounds.min() >= -BUFFER and bounds.max() <= EXTENT + BUFFER, bounds
        valid = shapely.is_valid(shapes)
        invalid += int((~valid).sum())
        for index in (~valid).nonzero()[0][:3]:
            print(f"{path.name} {found[index]['properties']['code']}:"
                  f" {shapely.is_valid_reason(shapes[index])}")
        if valid.all():
            # Every border that two areas share has the same vertices in both.
            faults = shapely.coverage_invalid_edges(shapes)
            wrong = int((~shapely.is_empty(faults)).sum())
            # Where a hole touches its shell GEOS goes by the hole alone, and may take what touches
            # that point from without for an overlap: what it finds fault with is looked at again.
            if wrong and not match(shapes):
                unmatched += 1
                apart += wrong
    print(f"{tiles} tiles, {features} features, {invalid} invalid, {unmatched} tiles unmatched,"
          f" {apart} features")


def check_archive(path):
    with path.open("rb") as file:
        source = MmapSource(file)
        reader = Reader(source)
        header = reader.header()
        assert header["tile_type"] == TileType.MVT
        assert header["tile_compression"] == header["internal_compression"] == Compression.GZIP
        assert header["clustered"]
        metadata = reader.metadata()
        assert metadata["vector_layers"][0]["fields"]["code"] and metadata["attribution"]
        tiles = list(all_tiles(source))
        assert len(tiles) == header["addressed_tiles_count"], len(tiles)
        zooms = Counter(z for (z, _, _), _ in tiles)
        assert min(zooms) == header["min_zoom"] and max(zooms) == header["max_zoom"]
        for address, content in tiles:
            assert reader.get(*address) == content, address
            layer_of(gzip.decompress(content))
        print(f"{len(tiles)} tiles, zooms {dict(sorted(zooms.items()))}")


def check_same(path, folder):
    with path.open("rb") as file:
        reader = Reader(MmapSource(file))
        count = 0
        for tile in folder.glob("*.mvt"):
            address = map(int, tile.stem.split("-"))
            assert gzip.decompress(reader.get(*address)) == tile.read_bytes(), tile.name
            count += 1
        print(f"{count} the same")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["tiles", folder]:
            check_tiles(Path(folder))
        case ["archive", file]:
            check_archive(Path(file))
        case ["same", file, folder]:
            check_same(Path(file), Path(folder))
        case _:
            sys.exit(__doc__)
