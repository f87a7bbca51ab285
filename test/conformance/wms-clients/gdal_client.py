"""GDAL's WMS driver on a mirror: lists the layers of both versions and reads windows of them. Usage: gdal_client.py <mirror> <folder of pictures>."""

from osgeo import gdal

from reference import BOX, DAY, HEIGHT, LAYER, WIDTH, WMS, check, done, pixels, reference, same

truth = reference(TRANSPARENT="FALSE")
west, south, east, north = BOX

for version in ("1.1.1", "1.3.0"):
    capabilities = gdal.Open(f"WMS:{WMS}SERVICE=WMS&VERSION={version}&REQUEST=GetCapabilities")
    names = [name for name, _ in capabilities.GetSubDatasets()]
    found = [name for name in names if f"LAYERS={LAYER}&" in name and f"VERSION={version}" in name]
    check(f"{version}: gdalinfo lists the layer", len(found) >= 1, f"({len(names)} subdatasets)")
    if not found:
        continue
    layer = gdal.Open(found[0] + f"&TIME={DAY}")
    corner = layer.GetGeoTransform()
    check(f"{version}: it lies where the capabilities say", abs(corner[0]) <= 180 and corner[5] < 0, f"from {corner[0]:.2f} {corner[3]:.2f}")
    file = f"/vsimem/{version}.png"
    gdal.Translate(file, layer, format="PNG", projWin=[west, north, east, south], projWinSRS="OGC:CRS84", width=WIDTH, height=HEIGHT, resampleAlg="nearest")
    handle = gdal.VSIFOpenL(file, "rb")
    data = gdal.VSIFReadL(1, 10_000_000, handle)
    gdal.VSIFCloseL(handle)
    # The driver asks for tiles at levels of its own, which are then made smaller: half a pixel and JPEG between them.
    check(f"{version}: gdal_translate of a window shows the map", *same(pixels(data), truth, 12))

done()
