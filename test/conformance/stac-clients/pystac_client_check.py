"""pystac-client: what it lists, searches, filters, sorts, selects and pages, held against all items there are; the root of the STAC API is the argument."""

import os
import sys
import warnings

import pystac
from pystac_client import Client, ConformanceClasses
from seen import every_item, expect, ids, seen

ROOT = sys.argv[1]
L2A = "sentinel-2-l2a"
BOX = [8, 48, 9, 50]
SPAN = "2026-06-01T00:00:00Z/2026-06-08T00:00:00Z"
warnings.simplefilter("error")

every = every_item(ROOT)
client = Client.open(ROOT)
known = [name for name in ConformanceClasses if name != ConformanceClasses.CONTEXT]
for name in known:
    expect(client.conforms_to(name), f"it does not find {name.name} in conformsTo")
seen(f"it finds all {len(known)} classes it knows in `conformsTo`, but the withdrawn Context extension")

collections = {collection.id: collection for collection in client.get_collections()}
expect(L2A in collections and all(item["collection"] in collections for item in every.values()), "collections are missing")
found = {collection.id for collection in client.collection_search(q="surface reflectance", bbox=BOX, datetime=SPAN, max_collections=100).collections()}
expect(L2A in found and len(found) < len(collections), f"collection search finds {found}")
filtered = ids(client.collection_search(filter="title LIKE 'Sentinel-5P%'", sortby="-id").collections())
expect(len(filtered) > 5 and filtered == sorted(filtered, reverse=True), f"collection search by filter finds {filtered}")
seen(f"{len(collections)} collections, and those of a collection search by words, area and time ({len(found)}), by CQL2 and sorted ({len(filtered)})")


def search(**criteria) -> list[str]:
    return ids(client.search(**criteria).items())


for method in ("GET", "POST"):
    for limit in (1, 3, 1000):
        paged = search(method=method, limit=limit)
        expect(sorted(paged) == sorted(every) and len(set(paged)) == len(paged), f"{method} by {limit} gives {len(paged)} of {len(every)}")
seen(f"all {len(every)} items once, by GET and POST, in pages of 1, 3 and 1000")

expect(client.search(collections=[L2A]).matched() == len([1 for item in every.values() if item["collection"] == L2A]), "matched() is another number")


def covers(item) -> bool:
    west, south, east, north = item["bbox"]
    return item["geometry"] is not None and west <= BOX[2] and east >= BOX[0] and south <= BOX[3] and north >= BOX[1]


area = {"type": "Polygon", "coordinates": [[[8, 48], [9, 48], [9, 50], [8, 50], [8, 48]]]}
boxed = search(bbox=BOX)
expect(boxed == search(intersects=area) == search(intersects=area, method="GET"), "bbox and intersects differ")
expect(boxed and all(covers(every[name]) for name in boxed), "items outside the box are found")
timed = search(datetime=SPAN)
expect(sorted(timed) == sorted(name for name, item in every.items() if "2026-06-01" <= item["properties"]["end_datetime"] and item["properties"]["start_datetime"] <= "2026-06-08T00:00:00Z"), f"a week has {timed}")
some = sorted(every)[:3]
expect(sorted(search(ids=some)) == some, "by ids")
seen(f"{len(boxed)} items of an area by `bbox` and by `intersects`, {len(timed)} of a week, 3 by `ids`")


def cloudy(item, most: float) -> bool:
    return item["properties"].get("eo:cloud_cover", 1000) <= most


clouds = sorted(item["properties"]["eo:cloud_cover"] for item in every.values() if "eo:cloud_cover" in item["properties"])
half = clouds[len(clouds) // 2]
clear = sorted(name for name, item in every.items() if cloudy(item, half))
asked = {
    "CQL2 text by GET": {"method": "GET", "filter": f"eo:cloud_cover <= {half}", "filter_lang": "cql2-text"},
    "CQL2 text by POST": {"method": "POST", "filter": f"eo:cloud_cover <= {half}", "filter_lang": "cql2-text"},
    "CQL2 JSON": {"filter": {"op": "<=", "args": [{"property": "eo:cloud_cover"}, half]}, "filter_lang": "cql2-json"},
    "query": {"query": {"eo:cloud_cover": {"lte": half}}},
    "query in words": {"query": [f"eo:cloud_cover<={half}"]},
}
for name, criteria in asked.items():
    expect(sorted(search(**criteria)) == clear, f"{name} gives other items")
complex_filter = f"(s_intersects(geometry, POLYGON((8 48, 9 48, 9 50, 8 50, 8 48))) AND t_during(datetime, INTERVAL('2026-06-01', '2026-06-08'))) AND NOT platform = 'sentinel-2c' AND (eo:cloud_cover IS NULL OR eo:cloud_cover BETWEEN 0 AND 100)"
mixed = search(filter=complex_filter)
expect(mixed and set(mixed) <= set(boxed) & set(timed), f"area and time and NOT by CQL2 give {mixed}")
seen(f"{len(clear)} items up to {half} % of cloud, the same by {', '.join(asked)}; {len(mixed)} by area, time, NOT and OR in one CQL2 text")

for direction in ("-", "+"):
    ordered = [every[name]["properties"]["eo:cloud_cover"] for name in search(sortby=f"{direction}properties.eo:cloud_cover", filter="eo:cloud_cover IS NOT NULL", limit=7)]
    expect(ordered == sorted(ordered, reverse=direction == "-") and len(ordered) == len(clouds), f"not sorted: {ordered}")
by_two = search(sortby=[{"field": "collection", "direction": "asc"}, {"field": "id", "direction": "desc"}], limit=5)
expect(by_two == sorted(sorted(every, reverse=True), key=lambda name: every[name]["collection"]), "not sorted by two fields")
seen("sorted by cloud cover up and down, and by two fields, over pages")

slim = next(client.search(fields=["id", "properties.eo:cloud_cover", "-assets"], collections=[L2A], max_items=1).items_as_dicts())
expect(set(slim["properties"]) <= {"eo:cloud_cover", "datetime"} and not slim.get("assets"), f"fields give {slim}")
seen("`fields` leaves out what is not asked for")

collection = client.get_collection(L2A)
own = ids(collection.get_items())
first = collection.get_item(own[0])
expect(sorted(own) == sorted(name for name, item in every.items() if item["collection"] == L2A), "get_items() gives other items")
expect(first is not None and first.get_collection().id == L2A, "an item does not lead back to its collection")
expect(next(client.search(ids=[own[0]]).items()).get_root().id == client.id, "an item does not lead back to the landing page")
expect(sorted(ids(collection.get_items(*own[:2]))) == sorted(own[:2]), "get_items() by id gives other items")
names = client.get_merged_queryables([L2A, "sentinel-1-grd"])["properties"]
expect("eo:cloud_cover" in collection.get_queryables()["properties"] and len(names) > 10, "no queryables")
plain = pystac.Catalog.from_file(ROOT)
walked = ids(item for child in plain.get_children() if child.id == L2A for item in child.get_items(recursive=True))
expect(sorted(walked) == sorted(own), f"following links gives {len(walked)} of {len(own)} items")
seen(f"the {len(own)} items of a collection by `get_items` and, with pystac, by following its links alone; an item leads back to collection and root; queryables")


def write(token: str) -> None:
    """Transactions: an item is made, replaced, patched and removed."""
    campaign = Client.open(ROOT, headers={"Authorization": f"Bearer {token}"}).get_collection(L2A)
    item = {**every[own[0]], "id": "WRITTEN_BY_PYSTAC_CLIENT", "assets": {"data": {"href": "https://data.example.org/data.tif"}}, "links": []}
    made = campaign.create_item(item)
    expect(made.id == item["id"] and made.properties["eo:cloud_cover"] == item["properties"]["eo:cloud_cover"], f"made {made}")
    item["properties"] = {**item["properties"], "eo:cloud_cover": 77}
    expect(campaign.update_item(item).properties["eo:cloud_cover"] == 77, "not replaced")
    expect(campaign.patch_item(item["id"], {"properties": {"eo:cloud_cover": 78}}).properties["eo:cloud_cover"] == 78, "not patched")
    expect(campaign.get_item(item["id"]).properties["eo:cloud_cover"] == 78, "read otherwise than written")
    campaign.delete_item(item["id"])
    expect(campaign.get_item(item["id"]) is None, "not removed")
    seen("an item created, updated, patched and deleted by its transactions")


if "OPERATOR_TOKEN" in os.environ:
    write(os.environ["OPERATOR_TOKEN"])
