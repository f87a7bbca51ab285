"""Maps in every system and format of the capabilities: what PROJ makes of each GeoTIFF lies where the map in degrees has it. Usage: systems_client.py <mirror> <folder of pictures>."""

import re
import xml.etree.ElementTree as ElementTree

import numpy as np
from osgeo import gdal, osr

from reference import BOX, DAY, HEIGHT, WIDTH, check, done, fetch, map_request, pixels, reference, same

truth = reference()
west, south, east, north = BOX
degrees = osr.SpatialReference()
degrees.SetFromUserInput("OGC:CRS84")
_, document = fetch({"SERVICE": "WMS", "REQUEST": "GetCapabilities"})
root = ElementTree.fromstring(document)
NAMESPACE = "{http://www.opengis.net/wms}"
systems = [one.text for one in root.iter(f"{NAMESPACE}CRS")]
formats = [one.text for one in root.find(f"{NAMESPACE}Capability/{NAMESPACE}Request/{NAMESPACE}GetMap").iter(f"{NAMESPACE}Format")]


def box_in(code):
    """The box in a system, its axes in the order the authority has them, which PROJ knows; and x/y as maps are drawn."""
    system = osr.SpatialReference()
    system.SetFromUserInput("OGC:CRS84" if code == "CRS:84" else code)
    north_first = bool(system.EPSGTreatsAsLatLong() or system.EPSGTreatsAsNorthingEasting()) and code != "CRS:84"
    drawn = system.Clone()
    drawn.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    edge = np.linspace(0, 1, 21)
    points = [(west + (east - west) * f, y) for f in edge for y in (south, north)] + [(x, south + (north - south) * f) for f in edge for x in (west, east)]
    placed = np.array(osr.CoordinateTransformation(degrees, drawn).TransformPoints(points))
    x0, y0, x1, y1 = placed[:, 0].min(), placed[:, 1].min(), placed[:, 0].max(), placed[:, 1].max()
    return drawn, (y0, x0, y1, x1) if north_first else (x0, y0, x1, y1)


def is_near(code):
    """Transverse Mercator is drawn where its zone is near; elsewhere one picture is all that can be asked for."""
    zone = re.fullmatch(r"EPSG:(?:326|327|258)(\d\d)", code)
    return zone is None or abs(int(zone[1]) * 6 - 183 - (west + east) / 2) < 25


for code in systems:
    drawn, box = box_in(code)
    size = (900, 700)
    request = dict(CRS=code, BBOX=",".join(repr(float(edge)) for edge in box), WIDTH=size[0], HEIGHT=size[1], FORMAT="image/tiff")
    kind, data = fetch(map_request(**request))
    if not is_near(code):
        check(f"{code} is drawn", kind == "image/tiff", "" if kind == "image/tiff" else data[:300])
        continue
    if kind != "image/tiff":
        check(f"{code} is drawn", False, data[:300])
        continue
    gdal.FileFromMemBuffer("/vsimem/map.tif", data)
    said = osr.SpatialReference(wkt=gdal.Open("/vsimem/map.tif").GetProjection())
    named = code in ("CRS:84", f"EPSG:{said.GetAuthorityCode(None)}")
    gdal.Warp("/vsimem/back.tif", "/vsimem/map.tif", dstSRS="OGC:CRS84", outputBounds=[west, south, east, north], width=WIDTH, height=HEIGHT, resampleAlg="bilinear", dstAlpha=False)
    handle = gdal.VSIFOpenL("/vsimem/back.tif", "rb")
    back = gdal.VSIFReadL(1, 10_000_000, handle)
    gdal.VSIFCloseL(handle)
    fits, seen = same(pixels(back), truth, 2)
    check(f"{code} lies where it should", named and fits, seen)

for name in formats:
    kind, data = fetch(map_request(FORMAT=name))
    # What compression and 256 colours change; the rest is the same to the bit.
    fits, seen = same(pixels(data), truth, 4 if re.search("jpeg|webp|8", name) else 0) if kind.startswith("image/") else (False, data[:300])
    check(f"{name} shows the map", kind == name and fits, f"{seen}, {len(data)} bytes")

done()
