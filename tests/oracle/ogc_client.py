"""A second client of the OGC interface: OWSLib, by its own pages and filters.

ogc_client.py ADDRESS COLLECTION: prints what it found, as JSON.
"""

import json
import sys

from owslib.ogcapi.features import Features

address, collection = sys.argv[1:]
features = Features(f"{address}/ogc/v1")
found = {
    "collections": features.feature_collections(),
    "title": features.collection(collection)["title"],
    "queryables": sorted(features.collection_queryables(collection)["properties"]),
    "conforms": len(features.conformance()["conformsTo"]),
    "paths": len(features.api()["paths"]),
}

# By offset, as a client that counts for itself.
codes = []
while True:
    page = features.collection_items(collection, limit=17, offset=len(codes))
    codes += [feature["id"] for feature in page["features"]]
    if not page["features"]:
        break
found["codes"] = codes
found["matched"] = page["numberMatched"]

west, south, east, north = features.collection(collection)["extent"]["spatial"]["bbox"][0]
middle = [(west + east) / 2, (south + north) / 2]
box = features.collection_items(collection, limit=1000, bbox=[west, south, *middle])
found["box"] = [feature["id"] for feature in box["features"]]
filtered = features.collection_items(collection, limit=1000, filter="water = FALSE AND code LIKE '%1'")
found["filtered"] = [feature["id"] for feature in filtered["features"]]
found["item"] = features.collection_item(collection, codes[0])["properties"]["code"]
print(json.dumps(found))
