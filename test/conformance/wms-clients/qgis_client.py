"""QGIS on a mirror, without a screen: adds the layer of both versions, moves its time, renders and asks of a pixel. Usage: qgis_client.py <mirror> <folder of pictures>."""

import os
import re
import tempfile
from datetime import date, timedelta

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_CACHE_HOME"] = os.environ["XDG_DATA_HOME"] = tempfile.mkdtemp(prefix="frombork-qgis-")

from qgis.core import (
    QgsApplication, QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsDataSourceUri, QgsDateTimeRange, QgsMapRendererSequentialJob,
    QgsMapSettings, QgsPointXY, QgsProject, QgsRaster, QgsRasterDataProviderTemporalCapabilities, QgsRasterLayer, QgsRasterLayerTemporalProperties, QgsRectangle,
)
from qgis.PyQt.QtCore import QDateTime, QSize, Qt

from reference import BOX, DAY, HEIGHT, LAYER, PICTURES, WIDTH, WMS, check, done, fetch, pixels, reference, same

QgsApplication.setPrefixPath("/usr", True)
application = QgsApplication([], True)
application.initQgis()
west, south, east, north = BOX


_, capabilities = fetch({"SERVICE": "WMS", "REQUEST": "GetCapabilities"})
layers = capabilities.decode().split("<Layer ")
EXTENT = next(re.search(r'<Dimension name="time"[^>]*>([^<]+)<', layer)[1] for layer in layers if f"<Name>{LAYER}</Name>" in layer)
FIRST = EXTENT[:10]
# A day between the first and the newest one on which nothing was seen here.
EMPTY = next(day for day in (str(date.fromisoformat(DAY) - timedelta(days=back)) for back in range(1, 400)) if not (reference(TIME=day)[..., 3] > 0).any())


def source(version, crs, style="", timed=True, form="image/png"):
    uri = QgsDataSourceUri()
    for name, value in (("url", f"{WMS}VERSION={version}"), ("layers", LAYER), ("styles", style), ("format", form), ("crs", crs), ("contextualWMSLegend", "0")):
        uri.setParam(name, value)
    if timed:
        for name, value in (("type", "wmst"), ("timeDimensionExtent", EXTENT), ("allowTemporalUpdates", "true"), ("temporalSource", "provider")):
            uri.setParam(name, value)
    return bytes(uri.encodedUri()).decode()


def render(layer, crs, name, moment=None):
    """The box as QGIS draws it; `moment` is a day of the temporal controller, or a range of two."""
    system = QgsCoordinateReferenceSystem(crs)
    turned = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:4326"), system, QgsProject.instance())
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(system)
    settings.setExtent(turned.transformBoundingBox(QgsRectangle(west, south, east, north)))
    settings.setOutputSize(QSize(WIDTH, HEIGHT))
    settings.setBackgroundColor(Qt.transparent)
    if moment is not None:
        begin, end = moment
        settings.setIsTemporal(True)
        settings.setTemporalRange(QgsDateTimeRange(*(QDateTime.fromString(text, Qt.ISODate) for text in (f"{begin}T00:00:00Z", f"{end}T23:59:59Z"))))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    for error in job.errors():
        check(f"{name}: no error", False, error.message)
    file = PICTURES / f"qgis-{name}.png"
    job.renderedImage().save(str(file))
    return pixels(file.read_bytes()), settings


def timed(layer, handling=QgsRasterDataProviderTemporalCapabilities.MatchUsingWholeRange):
    properties = layer.temporalProperties()
    properties.setIsActive(True)
    properties.setMode(QgsRasterLayerTemporalProperties.ModeTemporalRangeFromDataProvider)
    properties.setIntervalHandlingMethod(handling)
    return layer


truth = reference()
for version in ("1.1.1", "1.3.0"):
    plain = QgsRasterLayer(source(version, "EPSG:4326", timed=False), "plain", "wms")
    check(f"{version}: QGIS takes the layer", plain.isValid())
    extent = plain.extent()
    check(f"{version}: it lies where the capabilities say", extent.xMinimum() < west < east < extent.xMaximum() and extent.yMinimum() < south < north < extent.yMaximum(), extent.toString(1))
    layer = timed(QgsRasterLayer(source(version, "EPSG:4326"), "timed", "wms"))
    check(f"{version}: QGIS takes it with time", layer.isValid() and layer.dataProvider().temporalCapabilities().hasTemporalCapabilities())
    picture, settings = render(layer, "EPSG:4326", f"{version}-day", (DAY, DAY))
    # QGIS rounds a picture in degrees up by one column and makes it smaller again.
    check(f"{version}: the day of the temporal controller shows the map", *same(picture, truth, 3))
    empty, _ = render(layer, "EPSG:4326", f"{version}-empty", (EMPTY, EMPTY))
    check(f"{version}: a day without scenes is empty", (empty[..., 3] == 0).all(), EMPTY)
    span, _ = render(layer, "EPSG:4326", f"{version}-span", (FIRST, DAY))
    check(f"{version}: a range shows the newest scenes", *same(span, reference(TIME=f"{FIRST}T00:00:00Z/{DAY}T23:59:59Z"), 3))
    # It then asks for one moment, midnight of the day.
    begins = timed(QgsRasterLayer(source(version, "EPSG:4326"), "begins", "wms"), QgsRasterDataProviderTemporalCapabilities.MatchExactUsingStartOfRange)
    moment, _ = render(begins, "EPSG:4326", f"{version}-begin", (DAY, DAY))
    check(f"{version}: the begin of a range shows its day", *same(moment, truth, 3))
    told = layer.dataProvider().identify(QgsPointXY((west + east) / 2, (south + north) / 2), QgsRaster.IdentifyFormatText, settings.extent(), WIDTH, HEIGHT)
    check(f"{version}: identify tells the scene", told.isValid() and any("product = " in str(text) for text in told.results().values()), list(told.results().values())[:1])
    for crs in ("EPSG:3857", "EPSG:32632", "EPSG:3035"):
        there = timed(QgsRasterLayer(source(version, crs), crs, "wms"))
        asked = render(there, crs, f"{version}-{crs.replace(':', '-')}", (DAY, DAY))
        box = asked[1].visibleExtent()
        edges = (box.yMinimum(), box.xMinimum(), box.yMaximum(), box.xMaximum()) if crs == "EPSG:3035" else (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
        direct = reference(CRS=crs, BBOX=",".join(repr(edge) for edge in edges))
        check(f"{version}: {crs} shows the map", *same(asked[0], direct, 3))
    for form in ("image/jpeg", "image/png; mode=8bit", "image/webp", "image/tiff"):
        kept = timed(QgsRasterLayer(source(version, "EPSG:4326", form=form), form, "wms"))
        drawn, _ = render(kept, "EPSG:4326", f"{version}-{form.split('/')[1].replace('; mode=', '-')}", (DAY, DAY))
        check(f"{version}: {form} shows the map", *same(drawn, truth, 6))
    legend = layer.dataProvider().getLegendGraphicFetcher(settings)
    check(f"{version}: QGIS knows a legend", legend is not None)

done()
