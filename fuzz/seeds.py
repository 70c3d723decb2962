"""Writes a few small sound files for every target, from which fuzzing sets out: into the folder that
is named, else into fuzz/corpus/."""

import io
import re
import sqlite3
import struct
import sys
import tomllib
import zipfile
from pathlib import Path

FUZZ = Path(__file__).resolve().parent
ROOT = FUZZ.parent
CORPUS = Path(sys.argv[1]) if len(sys.argv) > 1 else FUZZ / "corpus"
SQUARE = [(155e3, 463e3), (155e3, 464e3), (156e3, 464e3), (156e3, 463e3), (155e3, 463e3)]
HOLE = [(155.2e3, 463.2e3), (155.4e3, 463.2e3), (155.4e3, 463.4e3), (155.2e3, 463.2e3)]
CODES = ["GM0014", "WK001400", "BU00140000", "BU00140001"]


def seed(target, name, content):
    folder = CORPUS / target
    folder.mkdir(parents=True, exist_ok=True)
    content = content.encode() if isinstance(content, str) else content
    (folder / name).write_bytes(content)


def columns():
    """Of every form of every dialect: its place among the dialects, and columns that fit it."""
    marks = {"{jaar}": "2024", "{jj}": "24", "{begin}": "08", "{n}": "1", "{pad}": ""}
    for at, path in enumerate(sorted((ROOT / "geodata" / "dialects").glob("*.toml"))):
        text = path.read_text()
        seed("dialect", path.name, text)
        dialect = tomllib.loads(text)
        for number, form in enumerate(dialect["form"]):
            names = list(dict.fromkeys([*form["requires"], form["code"], *dialect.get("values", {})]))
            names = [re.sub(r"\{\w+\}", lambda mark: marks[mark[0]], name) for name in names]
            yield at, f"{path.stem}-{number}", names


def cell(name, row):
    name = name.lower()
    if "code" in name or name in ("gbd", "regio", "gwb") or name.startswith(("buurt2", "bu_")):
        return CODES[row]
    if "postcode" in name or name == "pc6":
        return "1011AB"
    if "jaar" in name or "period" in name:
        return "2024"
    return ["1", "-99997", ".", "0.5"][row]


def tables():
    for at, name, names in columns():
        lines = [names] + [[cell(name, row) for name in names] for row in range(4)]
        for choice in (0xFF, at):
            for mark in (",", ";"):
                body = "\r\n".join(mark.join(f'"{c}"' if mark in c else c for c in line) for line in lines)
                seed("csv", f"{name}-{choice}-{ord(mark)}", bytes([choice]) + body.encode())
        sheet = "".join(
            "<row>" + "".join(f'<c t="inlineStr"><is><t>{escape(c)}</t></is></c>' for c in line) + "</row>"
            for line in lines
        )
        seed("xlsx", name, f"<worksheet><sheetData>{sheet}</sheetData></worksheet>")
    texts = "".join(f"<si><t>{text}</t></si>" for text in ["WK_CODE", "KL16", "WK001400"])
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    cells += '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>5</v></c></row>'
    sheet = f'<worksheet><dimension ref="A1:B2"/><sheetData>{cells}</sheetData></worksheet>'
    strings = f'<sst count="3" uniqueCount="3">{texts}</sst>'
    seed("xlsx", "shared", f"{sheet}\0{strings}")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        archive.writestr("xl/sharedStrings.xml", strings)
    seed("xlsx", "zip", packed.getvalue())


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def ring(points, order="<", extra=()):
    body = b"".join(struct.pack(f"{order}{2 + len(extra)}d", x, y, *extra) for x, y in points)
    return struct.pack(f"{order}I", len(points)) + body


def polygon(rings, order="<", kind=3, extra=()):
    head = struct.pack(f"{order}BII", 1 if order == "<" else 0, kind, len(rings))
    return head + b"".join(ring(points, order, extra) for points in rings)


def packaged(wkb, flags=1, envelope=b"", srs=28992):
    return b"GP\0" + bytes([flags]) + struct.pack("<i" if flags & 1 else ">i", srs) + envelope + wkb


def geometries():
    multi = struct.pack("<BII", 1, 6, 2) + polygon([SQUARE, HOLE]) + polygon([HOLE])
    bounds = struct.pack("<4d", 155e3, 156e3, 463e3, 464e3)
    cross = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]
    yield packaged(polygon([SQUARE]))
    yield packaged(polygon([SQUARE, HOLE]), 3, bounds)
    yield packaged(polygon([SQUARE], ">"), 0)
    yield packaged(polygon([SQUARE], "<", 1003, (12.5,)))
    yield packaged(polygon([SQUARE], "<", 3003, (1.0, 2.0)))
    yield packaged(multi)
    yield packaged(polygon([cross]))


def geopackages():
    for at, blob in enumerate(geometries()):
        seed("geometry", str(at), blob)
        if at > 1:
            continue
        path = CORPUS / "seed.gpkg"
        path.unlink(missing_ok=True)
        db = sqlite3.connect(path)
        db.executescript(
            """PRAGMA page_size = 512;
            CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY,
              organization TEXT, organization_coordsys_id INTEGER, definition TEXT);
            INSERT INTO gpkg_spatial_ref_sys VALUES ('RD New', 28992, 'EPSG', 28992, '');
            CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT, srs_id INTEGER);
            CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT,
              geometry_type_name TEXT, srs_id INTEGER, z INTEGER, m INTEGER);
            INSERT INTO gpkg_contents VALUES ('buurten', 'features', 28992);
            INSERT INTO gpkg_geometry_columns VALUES ('buurten', 'geom', 'POLYGON', 28992, 0, 0);
            CREATE TABLE buurten (fid INTEGER PRIMARY KEY, geom BLOB, buurtcode TEXT,
              buurtnaam TEXT, jaar INTEGER, aantal_inwoners INTEGER);"""
        )
        for row, code in enumerate(CODES[2:]):
            db.execute("INSERT INTO buurten VALUES (?, ?, ?, 'Dorp', 2024, 5)", (row, blob, code))
        db.commit()
        db.close()
        seed("geopackage", str(at), path.read_bytes())
        path.rename(CORPUS / f"wijkenbuurten_2024_{at}.gpkg")


def shapefiles():
    parts, points = [0, len(SQUARE)], SQUARE + HOLE
    content = struct.pack("<i4d2i2i", 5, 155e3, 463e3, 156e3, 464e3, 2, len(points), *parts)
    content += b"".join(struct.pack("<2d", x, y) for x, y in points)
    record = struct.pack(">2i", 1, len(content) // 2) + content

    def header(length):
        return struct.pack(">7i", 9994, 0, 0, 0, 0, 0, length // 2) + struct.pack("<2i8d", 1000, 5, *[0.0] * 8)

    shp = header(100 + len(record)) + record
    shx = header(108) + struct.pack(">2i", 50, len(content) // 2)
    fields = [("WK_CODE", b"C", 8), ("WK_NAAM", b"C", 20), ("GM_NAAM", b"C", 8), ("AANT_INW", b"N", 6)]
    row = b" " + b"WK001400" + b"Fryslan".ljust(20) + b"Dorp".ljust(8) + b"   500"
    head = struct.pack("<4BIHH20x", 3, 116, 1, 1, 1, 33 + 32 * len(fields), len(row))
    for name, kind, width in fields:
        head += name.encode().ljust(11, b"\0") + kind + bytes([0, 0, 0, 0, width]) + bytes(15)
    dbf = head + b"\r" + row + b"\x1a"
    seed("shapefile", "polygon", struct.pack("<2H", len(shp), len(shx)) + shp + shx + dbf)
    seed("dbf", "wijken", dbf)


def texts():
    degrees = [[round(5 + (x - 155e3) / 7e4, 5), round(52.1 + (y - 463e3) / 11e4, 5)] for x, y in SQUARE]
    properties = '{"buurtcode":"BU00140000","buurtnaam":"A","afw":-0.1,"raw":{"kscore":6,"won":null}}'
    feature = '{"type":"Feature","geometry":{"type":"%s","coordinates":%s},"properties":%s}'
    for name, kind, where, before in [
        ("degrees", "Polygon", [degrees], '"metadata":{"year":"2024"},'),
        ("rd", "MultiPolygon", [[SQUARE, HOLE]], '"crs":{"type":"name","properties":{"name":"EPSG:28992"}},'),
    ]:
        where = str(where).replace("(", "[").replace(")", "]")
        one = feature % (kind, where, properties)
        seed("geojson", name, '{"type":"FeatureCollection",%s"features":[%s]}' % (before, one))
    seed("locate", "lonlat", '\x00naam,lon,lat\n"a, b",5.1,52.1\n"c""d",x,52\n,,\n')
    seed("locate", "rd", "\x11x;y\r\n155000;463000\r\n1,5;2\r\n")
    seed("locate", "address", "\x08postcode,huisnummer\n1011 AB,1a\n9999,0\n")
    seed("grid", "text", "RD_lat_(deg)\tRD_lon_(deg)\tlat_corr_(deg)\tlon_corr_(deg)\n50.0000\t2.0000\t0\t0\n")
    seed("grid", "stored", b"RDCORR\0\1" + bytes(64))
    seed("addresses", "none", b"WZA1\0\0")
    # One code; one postcode, 1000AA; its runs: a buurt without numbers, and one with two.
    one = b"WZA1\1\12BU0363AA01\1" + bytes([0xA0, 0xA1, 0x29])
    seed("addresses", "one", one + b"\2\0\0")
    seed("addresses", "numbers", one + b"\4\0\2\1\5")
    # Places of the fictional country that the target serves.
    layer = "/v1/lagen/buurten.geojson?indicator=leefbaarheid"
    for at, target in enumerate([
        "/", "/kaart/leefbaarheid?jaar=2024&niveau=buurten&binnen=GM9003", "/kaart/leefbaarheid/tabel",
        "/v1/indicatoren", "/v1/indicatoren/leefbaarheid", "/v1/gebieden?q=S%C3%BAd+a&niveau=wijken&aantal=5",
        "/v1/gebieden/GM9003?jaar=2024", "/v1/locaties?lat=52.227&lon=5.285&indicatoren=inwoners,leefbaarheid",
        "/v1/locaties?x=148000&y=471000", "/v1/locaties?postcode=1000AA&huisnummer=95", layer,
        "/v1/gebieden/BU9003BA02", layer + "&binnen=WK9003BA&taal=en",
        "/v1/lagen/wijken.csv?indicator=leefbaarheid-2-ontwikkeling&sinds=2012&jaar=2016",
        layer + "&methode=kwantielen&aantalKlassen=5&schaal=jaar&detail=grof", layer.replace("geojson", "csv"),
        layer + "&methode=eigen&klassegrenzen=0,1.5&bbox=4,51,6,53&crs=EPSG:28992",
        layer.replace("geojson", "qml") + "&palet=cividis", "/v1/openapi.json", "/health/ready",
        "/v1/legenda?indicator=leefbaarheid&niveau=buurten&jaar=2024&methode=standaarddeviatie",
    ]):
        seed("http", str(at), target)
    for at, text in enumerate([
        "naam = 'Dorp' AND NOT water", "inwoners IS NULL OR inwoners BETWEEN 1 AND 2e3",
        "CASEI(naam) LIKE CASEI('%plant_oen')", "naam IN ('a','b''c')", "(water = FALSE) AND (inwoners >= -1.5)",
        "S_INTERSECTS(geometrie,BBOX(4,52,5,53))", "S_WITHIN(geometrie,POLYGON((3 51,6 51,6 54,3 54,3 51),(4 52,4 52.5,4.5 52.5,4 52)))",
        "NOT S_DISJOINT(geometrie,GEOMETRYCOLLECTION(POINT(4.5 52.5),LINESTRING(3 51,6 54)))",
        "S_INTERSECTS(MULTIPOINT((4 52),(9 9)),geometrie)", "naam <> 'x' OR inwoners < inwoners",
    ]):
        seed("cql", str(at), text)
    for at, shape in enumerate([
        [0, 0, 9, 0, 9, 9, 0, 9], [0, 0, 9, 9, 9, 0, 0, 9], [0, 0, 9, 0, 9, 9, 255, 2, 2, 4, 2, 4, 3],
        [0, 0, 9, 0, 9, 9, 254, 5, 5, 9, 9, 5, 9], [0, 0, 5, 5, 9, 0, 5, 5, 9, 9, 5, 5, 0, 9, 5, 5],
    ]):
        for scale in range(8):
            seed("repair", f"{at}-{scale}", bytes([scale, *shape]))


if __name__ == "__main__":
    for make in (tables, geopackages, shapefiles, texts):
        make()
    sys.exit(0)
