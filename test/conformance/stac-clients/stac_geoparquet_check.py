"""stac-geoparquet, pyarrow and geopandas: the export of a search, read and held against all items there are; the root of the STAC API is the argument."""

import json
import sys
import tempfile
import urllib.request
from datetime import datetime

import geopandas
import pyarrow.parquet
import stac_geoparquet.arrow
from seen import every_item, expect, ids, read, seen
from shapely.geometry import shape

ROOT = sys.argv[1]
every = every_item(ROOT)
folder = tempfile.TemporaryDirectory()
path = f"{folder.name}/items.parquet"
with urllib.request.urlopen(f"{ROOT}/search?f=geoparquet") as answer, open(path, "wb") as file:
    expect(answer.headers["content-type"] == "application/vnd.apache.parquet", f"media type {answer.headers['content-type']}")
    file.write(answer.read())

table = pyarrow.parquet.read_table(path)
geo = json.loads(table.schema.metadata[b"geo"])
expect(geo["version"].startswith("1.") and geo["primary_column"] == "geometry" and geo["columns"]["geometry"]["encoding"] == "WKB", f"geo metadata {geo}")
seen(f"pyarrow: {table.num_rows} rows of {table.num_columns} columns, GeoParquet {geo['version']}")

items = list(stac_geoparquet.arrow.stac_table_to_items(table))
expect(sorted(ids(items)) == sorted(every), f"{len(items)} items, not {len(every)}")


def without_nothing(value):
    if isinstance(value, dict):
        return {name: without_nothing(each) for name, each in value.items() if each not in (None, {}, [])}
    return [without_nothing(each) for each in value] if isinstance(value, (list, tuple)) else value


def same_instant(one, other) -> bool:
    try:
        return datetime.fromisoformat(one) == datetime.fromisoformat(other)
    except (TypeError, ValueError):
        return False


for item in items:
    given = every[item["id"]]
    expect(shape(item["geometry"]).equals(shape(given["geometry"])), f"{item['id']}: another geometry")
    for part in ("stac_version", "collection", "stac_extensions", "assets"):
        expect(without_nothing(item[part]) == without_nothing(given[part]), f"{item['id']}: other {part}")
    for name, value in given["properties"].items():
        got = item["properties"].get(name)
        expect(without_nothing([got]) == without_nothing([value]) or same_instant(got, value), f"{item['id']}: {name} is {got}, not {value}")
seen(f"stac-geoparquet: all {len(items)} items with the geometry, properties and assets the API gives")

frame = geopandas.read_parquet(path)
bounds = [float(edge) for edge in frame.total_bounds]
expect(frame.crs.to_epsg() in (4326, None) and len(frame) == len(every), f"{frame.crs}")
clear = frame[frame["eo:cloud_cover"] < 30]
expect(len(clear) == read(f"{ROOT}/search?limit=1&filter=eo:cloud_cover%20%3C%2030")["numberMatched"], "another number of clear scenes")
seen(f"geopandas: {len(frame)} rows within {[round(edge, 1) for edge in bounds]}, {len(clear)} of them with less than 30 % of cloud")
