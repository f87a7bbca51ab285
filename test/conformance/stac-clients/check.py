"""What pystac-client finds in a mirror's STAC API, and a cube of three scenes odc-stac loads from it; the mirror's address is the argument."""

import sys

import odc.stac
from pystac_client import Client

client = Client.open(f"{sys.argv[1]}/stac")
collections = list(client.get_collections())
assert collections, "no collections"
search = client.search(collections=["sentinel-2-l1c"], filter={"op": "<", "args": [{"property": "eo:cloud_cover"}, 101]}, filter_lang="cql2-json", sortby="-datetime", limit=2, max_items=3)
items = list(search.items())
assert len({item.id for item in items}) == 3, f"{len(items)} items instead of three"
cube = odc.stac.load(items, bands=["B04"], crs="EPSG:32632", resolution=500)
band = cube["B04"]
assert band.dtype.kind in "iuf" and float(band.max()) > 0, "an empty cube"
print(f"pystac-client: {len(collections)} collections, {search.matched()} items match; odc-stac: {dict(cube.sizes)}, up to {float(band.max()):g}")
