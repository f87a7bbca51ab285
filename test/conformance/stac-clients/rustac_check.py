"""rustac: what it searches and lists, and the geoparquet export it reads, held against all items there are; the root of the STAC API is the argument."""

import json
import sys
import tempfile
import urllib.request
from urllib.parse import urlsplit

import rustac
from rustac.store import HTTPStore
from seen import every_item, expect, ids, seen

ROOT = sys.argv[1]
BOX = [8, 48, 9, 50]
every = every_item(ROOT)

found = rustac.search_sync(ROOT, limit=7)
expect(sorted(ids(found)) == sorted(every), f"pages of 7 give {len(found)} of {len(every)}")
seen(f"all {len(every)} items once, in pages of 7")

half = 30
clear = sorted(name for name, item in every.items() if item["properties"].get("eo:cloud_cover", 1000) <= half)
asked = {
    "CQL2 text": {"filter": f"eo:cloud_cover <= {half}"},
    "CQL2 JSON": {"filter": {"op": "<=", "args": [{"property": "eo:cloud_cover"}, half]}},
    "query": {"query": {"eo:cloud_cover": {"lte": half}}},
}
for name, criteria in asked.items():
    got = ids(rustac.search_sync(ROOT, **criteria))
    expect(sorted(got) == clear, f"{name} gives {len(got)}, not {len(clear)}")
boxed = ids(rustac.search_sync(ROOT, bbox=BOX, datetime="2026-06-01T00:00:00Z/2026-06-08T00:00:00Z", collections=["sentinel-2-l2a"], sortby="+eo:cloud_cover"))
covers = [every[name]["properties"]["eo:cloud_cover"] for name in boxed]
expect(len(boxed) > 1 and covers == sorted(covers), f"area and week sorted by cloud: {covers}")
slim = rustac.search_sync(ROOT, max_items=1, include=["id", "properties.datetime"], exclude=["assets"])
expect(not slim[0].get("assets"), "fields are not left out")
seen(f"{len(clear)} items up to {half} % of cloud by {', '.join(asked)}; {len(boxed)} of an area and week, sorted by cloud; `fields`")

client = rustac.ApiClient(ROOT)
collections = client.get_collections_sync()
expect(client.get_collection_sync("sentinel-2-l2a")["id"] in {each["id"] for each in collections}, "a collection is missing")
site = urlsplit(ROOT)
store = HTTPStore.from_url(f"{site.scheme}://{site.netloc}", client_options={"allow_http": True})
for path in ("", "/collections/sentinel-2-l2a", f"/collections/sentinel-2-l2a/items/{boxed[0]}"):
    expect(rustac.read_sync(f"{site.path}{path}", store=store)["links"], f"{path} is not read")
seen(f"{len(collections)} collections; landing page, collection and item read as what they are")

with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
    urllib.request.urlretrieve(f"{ROOT}/search?f=geoparquet", file.name)
    exported = rustac.read_sync(file.name)["features"]
    expect(sorted(ids(exported)) == sorted(every), "the geoparquet export has other items")
    same = next(item for item in exported if item["id"] == boxed[0])
    for part in ("bbox", "collection", "stac_version"):
        expect(json.dumps(same[part]) == json.dumps(every[boxed[0]][part]), f"{part}: {same[part]}")
    expect(same["properties"]["eo:cloud_cover"] == every[boxed[0]]["properties"]["eo:cloud_cover"], "other properties")
    expect({key: asset["href"] for key, asset in same["assets"].items()} == {key: asset["href"] for key, asset in every[boxed[0]]["assets"].items()}, "other assets")
seen(f"the geoparquet export of all {len(exported)} items, an item of it as the API gives it")
