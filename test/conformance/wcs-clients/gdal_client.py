"""GDAL's WCS driver in every version: whole coverages, windows, single bands, to the very sample and the tenth digit of the place."""

import tempfile

import numpy
from osgeo import gdal

from truth import BANDS, COVERAGES, SIDE, WCS, check, done, samples

gdal.UseExceptions()
cache = tempfile.mkdtemp(prefix="frombork-gdal-")

for version in ("1.0.0", "1.1.0", "1.1.1", "1.1.2", "2.0.1"):
    for name, system, (x, y), cell in COVERAGES:
        title = f"{version} {system}"
        data = gdal.OpenEx(f"WCS:{WCS}?version={version}&coverage={name}", open_options=[f"CACHE={cache}"])
        check(f"{title}: size and bands", (data.RasterXSize, data.RasterYSize, data.RasterCount) == (SIDE, SIDE, len(BANDS)), (data.RasterXSize, data.RasterYSize, data.RasterCount))
        place = (x, cell, 0, y, 0, -cell)
        check(f"{title}: place", numpy.allclose(data.GetGeoTransform(), place, rtol=1e-10, atol=1e-9), data.GetGeoTransform())
        check(f"{title}: type", gdal.GetDataTypeName(data.GetRasterBand(1).DataType) == "UInt16", gdal.GetDataTypeName(data.GetRasterBand(1).DataType))
        for band in range(len(BANDS)):
            whole = data.GetRasterBand(band + 1).ReadAsArray()
            check(f"{title}: {BANDS[band]}, all samples", numpy.array_equal(whole, samples(band)), whole.shape)
        window = data.GetRasterBand(2).ReadAsArray(17, 31, 40, 25)
        check(f"{title}: a window", (window == samples(1)[31:56, 17:57]).all(), window[:2, :4])
        point = data.GetRasterBand(3).ReadAsArray(100, 90, 1, 1)
        check(f"{title}: a cell", point[0, 0] == samples(2)[90, 100], point)
done()
