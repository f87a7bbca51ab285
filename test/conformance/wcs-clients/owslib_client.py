"""OWSLib in every version it speaks: contents, description, and the samples of what it gets."""

import tempfile

from osgeo import gdal
from owslib.wcs import WebCoverageService

from truth import COVERAGES, SIDE, WCS, box, check, done, samples

gdal.UseExceptions()


def read(answer):
    """Band B03 of an answer, which may be the second part of two."""
    content = answer.read()
    start = content.index(b"II*\0")
    with tempfile.NamedTemporaryFile(suffix=".tif") as file:
        file.write(content[start:])
        file.flush()
        data = gdal.Open(file.name)
        return data.GetRasterBand(2).ReadAsArray()


for version in ("1.0.0", "1.1.0", "1.1.1", "2.0.1"):
    wcs = WebCoverageService(WCS, version=version)
    check(f"{version}: contents", all(name in wcs.contents for name, *_ in COVERAGES), list(wcs.contents))
    check(f"{version}: who provides it", wcs.identification.title is not None, wcs.identification.title)
    for name, system, corner, cell in COVERAGES:
        title = f"{version} {system}"
        west, south, east, north = box(corner, cell, (10, 60), (20, 50))
        degrees = system == "EPSG:4326"
        window = samples(1)[20:50, 10:60]
        if version == "1.0.0":
            got = read(wcs.getCoverage(identifier=name, bbox=(west, south, east, north), crs=system, width=50, height=30, format="GeoTIFF"))
        elif version == "2.0.1":
            axes = (("Long", west, east), ("Lat", south, north)) if degrees else (("E", west, east), ("N", south, north))
            got = read(wcs.getCoverage(identifier=[name], format="image/tiff", subsets=list(axes)))
        elif not degrees:
            # In 1.1 it names no system with a box, which then is one of degrees.
            continue
        else:
            got = read(wcs.getCoverage(identifier=name, bbox=(west, south, east, north), format="image/tiff"))
        check(f"{title}: a window", got.shape == window.shape and (got == window).all(), got.shape)
        if version == "2.0.1":
            sizes = [int(size) for size in wcs.contents[name].grid.highlimits]
            check(f"{title}: the grid", sizes == [SIDE - 1, SIDE - 1], sizes)
            check(f"{title}: formats", "image/tiff" in wcs.contents[name].supportedFormats, wcs.contents[name].supportedFormats)
done()
