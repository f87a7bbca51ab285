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
    report.note("OWSLib reads the sets", "UTM32WGS84Quad" in links and "WebMercatorQuad" in wmts.tilematrixsets, ", ".join(links))
    level = "9"
    window = service.window("WebMercatorQuad", level)
    column, row = window.left // 256 + 1, window.top // 256 + 1
    xyz = fetch(f"{service.address}/tiles/{LAYER}/{STYLE}/{level}/{column}/{row}.png")
    place = {"layer": LAYER, "style": STYLE, "tilematrixset": "WebMercatorQuad", "tilematrix": level, "row": row,
             "column": column, "format": "image/png"}
    report.attempt("OWSLib gets a tile by key-value pairs", lambda: report.compare(
        "OWSLib gets a tile by key-value pairs", read_picture(wmts.gettile(**place).read()), read_picture(xyz)))
    # It takes any of the formats, and leaves the time for us to fill in.
    rest = wmts.buildTileResource(**place)
    report.attempt("OWSLib fills in the RESTful template", lambda: report.compare(
        "OWSLib fills in the RESTful template", read_picture(fetch(rest)), read_picture(xyz), most=6))
    times = re.findall("<(?:Value|Default)>([^<]*)</", fetch(service.wmts).decode())
    report.note("No time has milliseconds", len(times) > 0 and "." not in "".join(times), ", ".join(times[:3]))


def fetch(address):
    with urllib.request.urlopen(address) as answer:
        return answer.read()
