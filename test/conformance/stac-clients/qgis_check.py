"""QGIS: items as a layer of its OGC API Features data source (and of WFS's, which hands on to it), drawn; the root of the STAC API is the argument."""

import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from qgis.core import Qgis, QgsApplication, QgsFeatureRequest, QgsMapRendererParallelJob, QgsMapSettings, QgsProviderRegistry, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor
from seen import every_item, expect, seen

ROOT, PICTURE = sys.argv[1:3]
L2A = "sentinel-2-l2a"
items = every_item(ROOT, L2A)
application = QgsApplication([], False)
application.initQgis()
expect("OAPIF" in QgsProviderRegistry.instance().providerList(), "this QGIS has no OGC API Features")


def layer_of(options: str = "") -> QgsVectorLayer:
    layer = QgsVectorLayer(f"url='{ROOT}' typename='{L2A}' {options}", L2A, "OAPIF")
    expect(layer.isValid(), f"no layer: {layer.error().message()} {layer.dataProvider().error().message() if layer.dataProvider() else ''}")
    return layer


def names(layer: QgsVectorLayer, request: QgsFeatureRequest) -> list[str]:
    return sorted(feature["id"] for feature in layer.getFeatures(request))


layer = layer_of("pageSize='3' restrictToRequestBBOX='1'")
expect(layer.featureCount() in (len(items), -1) and layer.crs().isValid(), f"{layer.featureCount()} features, {layer.crs().authid()}")
found = {feature["id"]: feature for feature in layer.getFeatures()}
expect(sorted(found) == sorted(items), f"{len(found)} features of {len(items)} items")
for name, feature in found.items():
    expect(feature["eo:cloud_cover"] == items[name]["properties"]["eo:cloud_cover"], f"{name}: other cloud cover")
    box, given = feature.geometry().boundingBox(), items[name]["bbox"]
    expect(max(abs(box.xMinimum() - given[0]), abs(box.yMaximum() - given[3])) < 1e-5, f"{name} lies at {box.toString()}, not {given}")
seen(f"QGIS {Qgis.QGIS_VERSION}: a layer of {len(found)} items in pages of 3, {layer.fields().count()} fields, {layer.crs().authid()}")

near = names(layer_of("restrictToRequestBBOX='1'"), QgsFeatureRequest().setFilterRect(QgsRectangle(8, 48, 9, 50)))
inside = [name for name, item in items.items() if item["bbox"][0] <= 9 and item["bbox"][2] >= 8 and item["bbox"][1] <= 50 and item["bbox"][3] >= 48]
expect(near and set(near) <= set(inside), f"a box has {near}")
clear = names(layer, QgsFeatureRequest().setFilterExpression('"eo:cloud_cover" < 30'))
expect(clear == sorted(name for name, item in items.items() if item["properties"]["eo:cloud_cover"] < 30), f"an expression finds {clear}")
seen(f"{len(near)} items in a box, {len(clear)} by an expression")

settings = QgsMapSettings()
settings.setLayers([layer])
settings.setDestinationCrs(layer.crs())
settings.setExtent(layer.extent())
settings.setOutputSize(QSize(600, 600))
settings.setBackgroundColor(QColor("white"))
job = QgsMapRendererParallelJob(settings)
job.start()
job.waitForFinished()
image = job.renderedImage()
drawn = sum(1 for x in range(0, 600, 10) for y in range(0, 600, 10) if image.pixelColor(x, y) != QColor("white"))
expect(not job.errors() and drawn > 500, f"{drawn} of 3600 points are drawn")
image.save(PICTURE)
seen(f"the footprints drawn on a map ({drawn / 36:.0f} % of it covered)")
os._exit(0)
