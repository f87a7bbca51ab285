"""What is asked of the mirror: a layer, and windows on the pixels of tile matrices."""
import json
import math
import urllib.parse
import urllib.request

from pictures import read_picture

LAYER = "sentinel-2-l2a"
STYLE = "true-colour"
WIDTH, HEIGHT = 640, 500


class Window:
    """A window on the pixels of a matrix, across several tiles, none of its edges on theirs."""

    def __init__(self, matrix_set, matrix, crs, centre):
        self.set, self.matrix, self.crs = matrix_set["id"], matrix["id"], crs
        left, top = matrix["pointOfOrigin"]
        if matrix_set["orderedAxes"][0] in ("Y", "N"):
            left, top = top, left
        self.cell = matrix["cellSize"]
        self.left = round((centre[0] - left) / self.cell) - WIDTH // 2
        self.top = round((top - centre[1]) / self.cell) - HEIGHT // 2
        self.box = (
            left + self.left * self.cell,
            top - (self.top + HEIGHT) * self.cell,
            left + (self.left + WIDTH) * self.cell,
            top - self.top * self.cell,
        )

    def seams(self):
        """Columns and rows of the window at which a tile begins."""
        columns = [x for x in range(1, WIDTH) if (self.left + x) % 256 == 0]
        rows = [y for y in range(1, HEIGHT) if (self.top + y) % 256 == 0]
        return columns, rows


class Service:
    """A mirror: what its documents say, and its WMS, which everything is compared with."""

    def __init__(self, address):
        self.address = address
        collection = self.json(f"/ogc/api/collections/{LAYER}")
        self.bbox = collection["extent"]["spatial"]["bbox"][0]
        self.first_day, self.day = (moment[:10] for moment in collection["extent"]["temporal"]["interval"][0])
        self.wmts = f"{address}/wmts?SERVICE=WMTS&REQUEST=GetCapabilities"

    def json(self, path):
        with urllib.request.urlopen(self.address + path) as answer:
            return json.load(answer)

    def window(self, set_id, matrix_id, centre=None):
        """Around the middle of the layer, or a point of the set's CRS."""
        matrix_set = self.json(f"/ogc/api/tileMatrixSets/{set_id}")
        matrix = next(one for one in matrix_set["tileMatrices"] if one["id"] == matrix_id)
        authority, code = matrix_set["crs"].split("/")[-3], matrix_set["crs"].split("/")[-1]
        crs = "CRS:84" if authority == "OGC" else f"EPSG:{code}"
        return Window(matrix_set, matrix, crs, centre or self.middle(crs))

    def middle_of_first_day(self, crs):
        """Where a product of the first day is."""
        day = f"{self.first_day}T00:00:00Z/{self.first_day}T23:59:59Z"
        found = self.json(f"/stac/search?collections={LAYER}&datetime={day}&limit=1")
        return self.middle(crs, found["features"][0]["bbox"])

    def middle(self, crs, bbox=None):
        west, south, east, north = bbox or self.bbox
        longitude, latitude = (west + east) / 2, (south + north) / 2
        if crs == "CRS:84":
            return longitude, latitude
        if crs == "EPSG:3857":
            radius = 6378137
            return radius * math.radians(longitude), radius * math.asinh(math.tan(math.radians(latitude)))
        return transformed(longitude, latitude, crs)

    def map_of(self, window, **more):
        """The window as WMS 1.1.1 draws it, whose boxes are x before y in every system."""
        query = {
            "SERVICE": "WMS", "VERSION": "1.1.1", "REQUEST": "GetMap", "LAYERS": LAYER, "STYLES": STYLE,
            "SRS": window.crs, "BBOX": ",".join(repr(edge) for edge in window.box), "WIDTH": WIDTH, "HEIGHT": HEIGHT,
            "FORMAT": "image/png", "TRANSPARENT": "TRUE", **more,
        }
        with urllib.request.urlopen(f"{self.address}/wms?{urllib.parse.urlencode(query)}") as answer:
            return read_picture(answer.read())


def transformed(longitude, latitude, crs):
    from osgeo import osr

    target, source = osr.SpatialReference(), osr.SpatialReference()
    source.ImportFromEPSG(4326)
    target.SetFromUserInput(crs)
    for system in (source, target):
        system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return osr.CoordinateTransformation(source, target).TransformPoint(longitude, latitude)[:2]
