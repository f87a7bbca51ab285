"""GDAL: a mosaic by STACIT, and items as features by the OAPIF driver (ogr2ogr), held against all items; the root of the STAC API is the argument."""

import json
import os
import subprocess
import sys
import tempfile

from seen import every_item, expect, seen

ROOT = sys.argv[1]
L2A = "sentinel-2-l2a"
DAY = "2026-06-04T00:00:00Z/2026-06-05T00:00:00Z"
items = every_item(ROOT, L2A)


def run(*command: str) -> str:
    ended = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    expect(ended.returncode == 0 and "ERROR" not in ended.stderr, f"{' '.join(command)}: {ended.stderr.strip()[:500]}")
    return ended.stdout


def stacit(query: str, options: str = "") -> str:
    return f'STACIT:"{ROOT}/search?{query}":asset=browse{options}'


of_day = [item for item in items.values() if DAY[:10] <= item["properties"]["datetime"] < DAY[21:31]]
info = json.loads(run("gdalinfo", "-json", "-stats", stacit(f"collections={L2A}&datetime={DAY}")))
expect(len(info["files"]) == len(of_day) > 5, f"{len(info['files'])} pictures of {len(of_day)} items")
expect(len(info["bands"]) >= 3 and all(band["maximum"] > 0 for band in info["bands"][:3]), "an empty mosaic")
[west, south, east, north] = [min(item["bbox"][0] for item in of_day), min(item["bbox"][1] for item in of_day), max(item["bbox"][2] for item in of_day), max(item["bbox"][3] for item in of_day)]
ring = [corner for part in info["wgs84Extent"]["coordinates"] for corner in part]
expect(min(x for x, _ in ring) <= east and max(x for x, _ in ring) >= west and min(y for _, y in ring) < south + 0.1 and max(y for _, y in ring) > north - 0.1, f"the mosaic lies at {ring}")
paged = json.loads(run("gdalinfo", "-json", stacit(f"collections={L2A}&datetime={DAY}&limit=3")))
expect(len(paged["files"]) == len(of_day), f"pages of 3 have {len(paged['files'])} pictures of {len(of_day)}")
seen(f"STACIT: a mosaic of the {len(of_day)} pictures of a day, {info['size'][0]} x {info['size'][1]} pixels, also in pages of 3")

with tempfile.TemporaryDirectory() as folder:
    one = of_day[0]
    picture = f"{folder}/one.tif"
    run("gdal_translate", "-q", stacit(f"collections={L2A}&ids={one['id']}"), picture)
    sums = [json.loads(run("gdalinfo", "-json", "-checksum", name))["bands"] for name in (picture, f"/vsicurl/{one['assets']['browse']['href']}")]
    expect([band["checksum"] for band in sums[0]] == [band["checksum"] for band in sums[1]], f"{one['id']}: other pixels than its picture")
    seen("STACIT: the pixels of one scene are those of its picture")

    def features(*options: str) -> dict[str, dict]:
        file = f"{folder}/{len(os.listdir(folder))}.json"
        run("ogr2ogr", "-f", "GeoJSON", file, f"OAPIF:{ROOT}", L2A, *options)
        with open(file, encoding="utf-8") as text:
            found = json.load(text)["features"]
        names = {feature["properties"]["id"]: feature for feature in found}
        expect(len(names) == len(found), "features come twice")
        return names

    layers = run("ogrinfo", "-q", f"OAPIF:{ROOT}")
    expect(layers.count("title:") == len(json.loads(run("curl", "-sS", f"{ROOT}/collections"))["collections"]), "not every collection is a layer")
    every = features("-oo", "PAGE_SIZE=3")
    expect(sorted(every) == sorted(items), f"{len(every)} features of {len(items)} items")
    for name, feature in every.items():
        expect(feature["properties"]["eo:cloud_cover"] == items[name]["properties"]["eo:cloud_cover"], f"{name}: other cloud cover")
        corner, given = feature["geometry"]["coordinates"][0][0], items[name]["geometry"]["coordinates"][0][0]
        expect(all(abs(a - b) < 1e-6 for a, b in zip(corner, given)), f"{name}: {corner} is not {given}")
    seen(f"OAPIF: {layers.count('title:')} layers; the {len(every)} items of a collection as features, in pages of 3, with their properties and geometries")

    near = features("-spat", "8", "48", "9", "50")
    inside = [name for name, item in items.items() if item["bbox"][0] <= 9 and item["bbox"][2] >= 8 and item["bbox"][1] <= 50 and item["bbox"][3] >= 48]
    expect(near and set(near) <= set(inside), f"a box has {sorted(near)}")
    cover = sorted(item["properties"]["eo:cloud_cover"] for item in items.values())[5]
    clear = features("-where", f'"eo:cloud_cover" <= {cover}')
    expect(len(clear) == 6, f"{len(clear)} features have up to {cover} % of cloud, not 6")
    lone = features("-where", "\"platform\" = 'sentinel-2b' AND \"datetime\" >= '2026/06/07 00:00:00'")
    expect(sorted(lone) == sorted(name for name, item in items.items() if item["properties"]["platform"] == "sentinel-2b" and item["properties"]["datetime"] >= "2026-06-07"), f"platform and time: {sorted(lone)}")
    moved = features("-t_srs", "EPSG:3857")
    expect(len(moved) == len(items), "features are lost in another system")
    seen(f"OAPIF: {len(near)} features in a box, {len(clear)} up to {cover} % of cloud, {len(lone)} of a platform since a time")
