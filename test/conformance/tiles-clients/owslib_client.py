"""OWSLib: reads the capabilities and asks for tiles."""
import re
import urllib.request

from owslib.wmts import WebMapTileService

from pictures import read_picture
from places import LAYER, STYLE


def check_owslib(service, report):
    wmts = WebMapTileService(f"{service.address}/wmts")
    report.note("OWSLib reads the layers", LAYER in wmts.contents, f"{len(wmts.contents)} layers")
    layer = wmts.contents[LAYER]
    links = layer.tilematrixsetlinks
    report.note("OWSLib reads sets and limits", "UTM32WGS84Quad" in links and len(links["WebMercatorQuad"].tilematrixlimits) > 0,
                ", ".join(links))
    level = "9"
    limits = links["WebMercatorQuad"].tilematrixlimits[level]
    row = (limits.mintilerow + limits.maxtilerow) // 2
    column = (limits.mintilecol + limits.maxtilecol) // 2
    xyz = fetch(f"{service.address}/tiles/{LAYER}/{STYLE}/{level}/{column}/{row}.png")
    place = {"layer": LAYER, "style": STYLE, "tilematrixset": "WebMercatorQuad", "tilematrix": level, "row": row,
             "column": column, "format": "image/png"}
    report.attempt("OWSLib gets a tile by key-value pairs", lambda: report.compare(
        "OWSLib gets a tile by key-value pairs", read_picture(wmts.gettile(**place).read()), read_picture(xyz)))
    rest = layer.resourceURLs[0]["template"]
    values = {"Style": STYLE, "Time": "default", "TileMatrixSet": "WebMercatorQuad", "TileMatrix": level, "TileRow": row,
              "TileCol": column}
    report.attempt("OWSLib knows the RESTful template", lambda: report.compare(
        "OWSLib knows the RESTful template", read_picture(fetch(rest.format(**values))), read_picture(xyz)))
    times = re.findall("<(?:Value|Default)>([^<]*)</", fetch(service.wmts).decode())
    report.note("No time has milliseconds", len(times) > 0 and "." not in "".join(times), ", ".join(times[:3]))


def fetch(address):
    with urllib.request.urlopen(address) as answer:
        return answer.read()
