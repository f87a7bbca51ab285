"""QGIS without a screen: adds coverages by 1.0 and 1.1, reads their samples and renders them; the pictures are for looking at."""

import os
import tempfile

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_CACHE_HOME"] = os.environ["XDG_DATA_HOME"] = tempfile.mkdtemp(prefix="frombork-qgis-")

import numpy
from qgis.core import QgsApplication, QgsDataSourceUri, QgsMapRendererSequentialJob, QgsMapSettings, QgsRasterLayer, QgsRectangle
from qgis.PyQt.QtCore import QSize

from truth import COVERAGES, PICTURES, SIDE, WCS, box, check, done, samples

QgsApplication.setPrefixPath("/usr", True)
application = QgsApplication([], True)
application.initQgis()

for version in ("1.0.0", "1.1.0"):
    for name, system, corner, cell in COVERAGES:
        title = f"{version} {system}"
        uri = QgsDataSourceUri()
        for key, value in (("url", WCS), ("identifier", name), ("version", version), ("crs", system), ("format", "GeoTIFF" if version == "1.0.0" else "image/tiff"), ("cache", "AlwaysNetwork")):
            uri.setParam(key, value)
        layer = QgsRasterLayer(bytes(uri.encodedUri()).decode(), name, "wcs")
        check(f"{title}: QGIS takes the layer", layer.isValid(), layer.error().message())
        if not layer.isValid():
            continue
        provider = layer.dataProvider()
        check(f"{title}: bands", provider.bandCount() == 3, provider.bandCount())
        check(f"{title}: size", (provider.xSize(), provider.ySize()) == (SIDE, SIDE), (provider.xSize(), provider.ySize()))
        whole = QgsRectangle(*box(corner, cell, (0, SIDE), (0, SIDE)))
        check(f"{title}: extent", numpy.allclose([provider.extent().xMinimum(), provider.extent().yMaximum()], corner, rtol=1e-10), provider.extent().toString(10))
        window = QgsRectangle(*box(corner, cell, (10, 60), (20, 50)))
        block = provider.block(2, window, 50, 30)
        got = numpy.array([[block.value(row, column) for column in range(50)] for row in range(30)])
        check(f"{title}: a window, sample by sample", (got == samples(1)[20:50, 10:60]).all(), got[:2, :4])
        settings = QgsMapSettings()
        settings.setLayers([layer])
        settings.setDestinationCrs(layer.crs())
        settings.setExtent(whole)
        settings.setOutputSize(QSize(400, 400))
        job = QgsMapRendererSequentialJob(settings)
        job.start()
        job.waitForFinished()
        check(f"{title}: rendered without error", not job.errors(), [error.message for error in job.errors()])
        image = job.renderedImage()
        image.save(os.path.join(PICTURES, f"qgis-{version}-{system[5:]}.png"))
        colours = {image.pixel(x, y) for x in range(20, 380, 12) for y in range(20, 380, 12)}
        check(f"{title}: a picture of many colours", len(colours) > 20, len(colours))
done()
