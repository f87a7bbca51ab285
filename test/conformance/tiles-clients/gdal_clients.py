"""GDAL: its drivers of WMTS, of tiles by template, and of OGC API Tiles and Maps."""
from osgeo import gdal

from pictures import array_of
from places import HEIGHT, LAYER, WIDTH

XYZ = """<GDAL_WMS><Service name="TMS"><ServerUrl>{url}</ServerUrl></Service>
<DataWindow><UpperLeftX>-20037508.342789244</UpperLeftX><UpperLeftY>20037508.342789244</UpperLeftY>
<LowerRightX>20037508.342789244</LowerRightX><LowerRightY>-20037508.342789244</LowerRightY>
<TileLevel>{level}</TileLevel><TileCountX>1</TileCountX><TileCountY>1</TileCountY><YOrigin>top</YOrigin></DataWindow>
<Projection>EPSG:3857</Projection><BlockSizeX>256</BlockSizeX><BlockSizeY>256</BlockSizeY><BandsCount>4</BandsCount></GDAL_WMS>"""


def check_gdal(service, report):
    for set_id, matrix in (("WebMercatorQuad", "9"), ("WorldCRS84Quad", "9"), ("UTM32WGS84Quad", "9"),
                           ("EuropeanETRS89_LAEAQuad", "6")):
        window = service.window(set_id, matrix)
        expected = service.map_of(window)
        for kind, capabilities in (("key-value pairs", service.wmts),
                                   ("RESTful", f"{service.address}/wmts/1.0.0/WMTSCapabilities.xml")):
            what = f"GDAL reads WMTS, {kind}, {set_id}"
            source = f"WMTS:{capabilities},layer={LAYER},tilematrixset={set_id},tilematrix={matrix}"
            report.attempt(what, lambda: report.compare(what, read(source, window), expected, window.seams()))
        what = f"GDAL reads OGC API Tiles, {set_id}"
        options = ["API=TILES", f"TILEMATRIXSET={set_id}", f"TILEMATRIX={matrix}", "CACHE=NO"]
        if set_id != "WorldCRS84Quad":  # GDAL 3.6 takes the box of the collection for one of the set's system
            options += [f"{name}={edge!r}" for name, edge in zip(("MINX", "MINY", "MAXX", "MAXY"), window.box)]
        source = f"OGCAPI:{service.address}/stac/collections/{LAYER}"
        report.attempt(what, lambda: report.compare(what, read(source, window, options), expected, window.seams()))
    window = service.window("WebMercatorQuad", "9")
    expected = service.map_of(window)
    url = f"{service.address}/tiles/{LAYER}/default/${{z}}/${{x}}/${{y}}.png"
    report.attempt("GDAL reads XYZ", lambda: report.compare(
        "GDAL reads XYZ", read(XYZ.format(url=url, level=9), window), expected, window.seams()))
    window = service.window("WorldCRS84Quad", "9")
    source = f"OGCAPI:{service.address}/ogc/api/collections/{LAYER}"
    report.attempt("GDAL reads OGC API Maps", lambda: report.compare(
        # From the pyramid GDAL makes of it, whose pixels are not ours.
        "GDAL reads OGC API Maps", read(source, window, ["API=MAP", "CACHE=NO"]), service.map_of(window), most=4))


def read(source, window, options=()):
    dataset = gdal.OpenEx(source, gdal.OF_RASTER, open_options=list(options))
    minx, miny, maxx, maxy = window.box
    cut = gdal.Translate("", dataset, format="MEM", projWin=(minx, maxy, maxx, miny), width=WIDTH, height=HEIGHT,
                         resampleAlg="nearest")
    return array_of(cut)
