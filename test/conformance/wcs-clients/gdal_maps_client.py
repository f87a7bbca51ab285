"""GDAL's drivers of WMS and WMTS on a picture whose cells are those of a tile matrix: windows across tiles, to the very sample."""

import tempfile

import numpy
from osgeo import gdal

from truth import PICTURE, WCS, box, check, done, picture_samples

gdal.UseExceptions()
gdal.SetConfigOption("GDAL_DEFAULT_WMS_CACHE_PATH", tempfile.mkdtemp(prefix="frombork-gdal-"))
MIRROR = WCS[: -len("/wcs")]
LAYER, SYSTEM, CORNER, CELL, SIDE = PICTURE


def check_windows(title, data):
    (x, width, _, y, _, height) = data.GetGeoTransform()
    check(f"{title}: cells of the picture", numpy.allclose([width, -height], CELL, rtol=1e-9), (width, height))
    column, row = (CORNER[0] - x) / CELL, (y - CORNER[1]) / CELL
    check(f"{title}: its place", abs(column - round(column)) < 1e-3 and abs(row - round(row)) < 1e-3, (column, row))
    column, row = round(column), round(row)
    for band in range(3):
        whole = data.GetRasterBand(band + 1).ReadAsArray(column, row, SIDE, SIDE)
        check(f"{title}: band {band + 1}, all samples", numpy.array_equal(whole, picture_samples(band)), (whole != picture_samples(band)).sum())
    window = data.GetRasterBand(2).ReadAsArray(column + 140, row + 150, 40, 25)
    check(f"{title}: a window across tiles", (window == picture_samples(1)[150:175, 140:180]).all(), window[:2, :4])


edges = ",".join(repr(edge) for edge in box(CORNER, CELL, (0, SIDE), (0, SIDE)))
for version, system in (("1.1.1", "SRS"), ("1.3.0", "CRS")):
    layer = f"SERVICE=WMS&VERSION={version}&REQUEST=GetMap&LAYERS={LAYER}&STYLES=&{system}={SYSTEM}&FORMAT=image/png&TRANSPARENT=FALSE"
    check_windows(f"WMS {version}", gdal.Open(f"WMS:{MIRROR}/wms?{layer}&BBOX={edges}&MINRESOLUTION={CELL!r}"))
for kind, capabilities in (("key-value pairs", f"{MIRROR}/wmts?SERVICE=WMTS&REQUEST=GetCapabilities"), ("RESTful", f"{MIRROR}/wmts/1.0.0/WMTSCapabilities.xml")):
    check_windows(f"WMTS {kind}", gdal.Open(f"WMTS:{capabilities},layer={LAYER},tilematrixset=UTM33WGS84Quad,tilematrix=12"))
done()
