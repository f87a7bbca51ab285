"""What the clients of WMS are compared with: a scene of the mirror, its map asked for directly, and pictures as arrays."""

import json
import sys
import tempfile
import urllib.parse
import urllib.request
from pathlib import Path

import numpy as np
from osgeo import gdal

gdal.UseExceptions()
gdal.SetConfigOption("GDAL_DEFAULT_WMS_CACHE_PATH", tempfile.mkdtemp(prefix="frombork-gdal-cache-"))

LAYER = "sentinel-2-l1c"
MIRROR = sys.argv[1].rstrip("/")
WMS = f"{MIRROR}/wms?"
# Where pictures are left to be looked at.
PICTURES = Path(sys.argv[2])
failures = []


def check(what, holds, seen=""):
    print(f"{'ok  ' if holds else 'FAIL'} {what} {seen}".rstrip())
    if not holds:
        failures.append(what)


def done():
    sys.exit(min(len(failures), 100))


def fetch(parameters):
    """Media type and bytes of a WMS request."""
    with urllib.request.urlopen(WMS + urllib.parse.urlencode(parameters), timeout=120) as answer:
        return answer.headers["content-type"], answer.read()


def newest_scene():
    """The newest scene of the layer: its day, and a box well inside it, in degrees."""
    query = {"collections": [LAYER], "limit": 1}
    request = urllib.request.Request(f"{MIRROR}/stac/search", json.dumps(query).encode(), {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        (item,) = json.load(answer)["features"]
    west, south, east, north = item["bbox"]
    x, y = (west + east) / 2, (south + north) / 2
    return item["properties"]["datetime"][:10], (round(x - 0.2, 3), round(y - 0.15, 3), round(x + 0.2, 3), round(y + 0.15, 3))


DAY, BOX = newest_scene()
WIDTH, HEIGHT = 400, 300


def pixels(data):
    """A picture's red, green, blue and alpha as integers, rows first."""
    data = bytes(data)
    name = f"/vsimem/{abs(hash(data))}"
    gdal.FileFromMemBuffer(name, data)
    image = gdal.Open(name)
    bands = image.ReadAsArray().astype(int)
    table = image.GetRasterBand(1).GetColorTable()
    if table is not None:
        entries = np.array([table.GetColorEntry(i) for i in range(table.GetCount())])
        return entries[bands if bands.ndim == 2 else bands[0]]
    bands = bands if bands.ndim == 3 else bands[None]
    if bands.shape[0] in (1, 2):
        bands = np.concatenate([bands[:1], bands[:1], bands[:1], bands[1:]])
    if bands.shape[0] == 3:
        bands = np.concatenate([bands, np.full_like(bands[:1], 255)])
    return np.moveaxis(bands, 0, 2)


def map_request(**changes):
    """A map of the box in 1.3.0, its axes as the authority has them."""
    west, south, east, north = BOX
    request = {
        "SERVICE": "WMS", "VERSION": "1.3.0", "REQUEST": "GetMap", "LAYERS": LAYER, "STYLES": "", "CRS": "EPSG:4326",
        "BBOX": f"{south},{west},{north},{east}", "WIDTH": WIDTH, "HEIGHT": HEIGHT, "FORMAT": "image/png", "TRANSPARENT": "TRUE", "TIME": DAY,
    }
    return {name: value for name, value in {**request, **changes}.items() if value is not None}


def reference(**changes):
    kind, data = fetch(map_request(**changes))
    assert kind.startswith("image/"), data[:400]
    return pixels(data)


def same(picture, other, most=2.0):
    """Whether two pictures show the same: equal where both have something, on average to so many levels, and something at the same places."""
    if picture.shape != other.shape:
        return False, f"{picture.shape} instead of {other.shape}"
    seen, there = picture[..., 3] > 127, other[..., 3] > 127
    both = seen & there
    if both.sum() < 0.5 * there.sum() or both.sum() == 0:
        return False, f"{both.sum()} pixels of {there.sum()} are there"
    apart = np.abs(picture[both][:, :3] - other[both][:, :3]).mean()
    shifted = np.abs(np.roll(picture, 8, axis=1)[both][:, :3] - other[both][:, :3]).mean()
    return bool(apart <= most and shifted > apart), f"{apart:.2f} levels apart ({shifted:.1f} if it were shifted)"
