"""odc-stac: a cube of three scenes, its values held against the picture they come from; the root of the STAC API is the argument."""

import sys

import numpy
import odc.stac
import rasterio
from pystac_client import Client
from seen import expect, seen

items = list(Client.open(sys.argv[1]).search(collections=["sentinel-2-l1c"], sortby="-datetime", max_items=3).items())
expect(len({item.id for item in items}) == 3, f"{len(items)} scenes instead of three")
cube = odc.stac.load(items, bands=["B04", "B08"], crs="EPSG:32632", resolution=500, groupby="id")
expect(cube.sizes["time"] == 3, f"{cube.sizes['time']} scenes in the cube")
band = cube["B04"]
expect(band.dtype.kind in "iuf" and float(band.max()) > 0, "an empty cube")
for item in items:
    with rasterio.open(item.assets["B04"].href) as picture:
        brightest = int(picture.read(1).max())
    of_scene = odc.stac.load([item], bands=["B04"])["B04"]
    expect(int(of_scene.max()) == brightest, f"{item.id}: up to {int(of_scene.max())}, not {brightest}")
share = float(numpy.count_nonzero(band.values > 0)) / band.size
seen(f"a cube of three scenes and two bands, {dict(cube.sizes)}, up to {float(band.max()):g}, {share:.0%} of it with data; each scene in its own grid has the values of its picture")
