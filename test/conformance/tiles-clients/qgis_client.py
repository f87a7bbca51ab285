"""QGIS: layers of WMTS, of tiles by template and of WMS, drawn at the very pixels of a matrix."""
from urllib.parse import quote

import numpy
from qgis.core import (
    QgsApplication, QgsCoordinateReferenceSystem, QgsMapRendererSequentialJob, QgsMapSettings, QgsRasterLayer, QgsRectangle,
)
from qgis.PyQt.QtCore import QEventLoop, QSize
from qgis.PyQt.QtGui import QColor, QImage

from places import HEIGHT, LAYER, STYLE, WIDTH


def check_qgis(service, report):
    application = QgsApplication([], False)
    application.initQgis()
    for set_id, matrix in (("WebMercatorQuad", "9"), ("UTM32WGS84Quad", "9"), ("EuropeanETRS89_LAEAQuad", "6"),
                           ("WorldCRS84Quad", "9")):
        check_set(service, report, service.window(set_id, matrix))
    check_time(service, report)
    application.exitQgis()


def check_set(service, report, window):
    crs = "OGC:CRS84" if window.crs == "CRS:84" else window.crs
    expected = service.map_of(window)
    common = f"contextualWMSLegend=0&crs={crs}&dpiMode=7&format=image/png&layers={LAYER}&styles={STYLE}"
    tiled = f"{common}&tileMatrixSet={window.set}&tileDimensions=Time%3Ddefault&url="
    # Without the operations there is nothing but the templates to go by.
    restful = f"{service.wmts}&SECTIONS=ServiceIdentification,Contents"
    layers = {
        f"QGIS draws WMTS, key-value pairs, {window.set}": tiled + quote(service.wmts),
        f"QGIS draws WMTS, RESTful, {window.set}": tiled + quote(restful),
        f"QGIS draws WMS, {window.crs}": f"{common}&url={quote(service.address + '/wms')}",
    }
    if window.set == "WebMercatorQuad":
        template = f"{service.address}/tiles/{LAYER}/default/{{z}}/{{x}}/{{y}}.png"
        layers["QGIS draws XYZ"] = f"type=xyz&zmin=0&zmax=16&url={quote(template)}"
        rows = f"{service.address}/ogc/api/collections/{LAYER}/map/tiles/WebMercatorQuad/{{z}}/{{y}}/{{x}}?f=png"
        layers["QGIS draws OGC API Tiles by their template"] = f"type=xyz&zmin=0&zmax=16&url={quote(rows)}"
    for what, uri in layers.items():
        report.attempt(what, lambda: report.compare(what, draw(uri, crs, window), expected, window.seams()))


def check_time(service, report):
    """An older day is another picture, and that of the map of this day."""
    # Within the product: what reaches beyond the box of the layer QGIS cuts between pixels, and stretches the rest.
    window = service.window("WebMercatorQuad", "10", service.middle_of_first_day("EPSG:3857"))
    uri = (f"contextualWMSLegend=0&crs=EPSG:3857&dpiMode=7&format=image/png&layers={LAYER}&styles={STYLE}"
           f"&tileMatrixSet={window.set}&tileDimensions=Time%3D{service.first_day}&url={quote(service.wmts)}")
    expected = service.map_of(window, TIME=service.first_day)
    what = "QGIS draws WMTS of a day"
    report.attempt(what, lambda: report.compare(what, draw(uri, "EPSG:3857", window), expected, window.seams()))
    newest = service.map_of(window, TIME=service.day)
    report.note("Another day is another picture", not numpy.array_equal(expected, newest))


def draw(uri, crs, window):
    layer = QgsRasterLayer(uri, "layer", "wms")
    if not layer.isValid():
        raise ValueError(layer.error().message() or "the layer is not valid")
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setOutputSize(QSize(WIDTH, HEIGHT))
    settings.setBackgroundColor(QColor(0, 0, 0, 0))
    settings.setDestinationCrs(QgsCoordinateReferenceSystem(crs))
    settings.setExtent(QgsRectangle(*window.box))
    job = QgsMapRendererSequentialJob(settings)
    loop = QEventLoop()
    job.finished.connect(loop.quit)
    job.start()
    loop.exec()
    if job.errors():
        raise ValueError("; ".join(error.message for error in job.errors()))
    return array_from(job.renderedImage().convertToFormat(QImage.Format_RGBA8888))


def array_from(image):
    data = image.constBits()
    data.setsize(image.sizeInBytes())
    rows = numpy.frombuffer(bytes(data), "uint8").reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 4].reshape(image.height(), image.width(), 4).astype(float)
