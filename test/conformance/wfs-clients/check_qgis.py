"""QGIS without a screen adds the WFS, counts, filters and draws the footprints; the picture is kept."""
import sys

from acquisitions import FOOTPRINTS, check, end
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

address, picture = sys.argv[1:3]
application = QgsApplication([], False)
application.initQgis()


def layer(version, crs='EPSG:4326', extra=''):
    uri = f"typename='frombork:sentinel-2-l1c' url='{address}/wfs' version='{version}' srsname='{crs}' pagingEnabled='true' {extra}"
    return QgsVectorLayer(uri, f'footprints {version}', 'WFS')


for version in ('2.0.0', '1.1.0'):
    made = layer(version)
    check(f'{version}: the layer is valid', made.isValid(), made.error().message())
    check(f'{version}: attributes', made.fields().indexOf('cloudCover') >= 0, [field.name() for field in made.fields()])
    box = QgsFeatureRequest(QgsRectangle(9.1, 51.1, 9.4, 51.4))
    found = sorted(feature['id'] for feature in made.getFeatures(box))
    wanted = sorted(f'S2B_MSIL1C_FOOTPRINT_{index:04}' for index in range(FOOTPRINTS) if index % 16 == 6 and index // 16 % 14 == 7)
    check(f'{version}: features of a box', found == wanted, (found, wanted))

every = sorted(feature['id'] for feature in layer('2.0.0').getFeatures())
check('2.0.0: every feature once, page by page', len(every) == FOOTPRINTS + 1 == len(set(every)), len(every))
clear = layer('2.0.0', extra="filter='\"cloudCover\" < 10'")
found = len(list(clear.getFeatures()))
check('2.0.0: a filter of the user', found == 121, found)

drawn = layer('2.0.0', 'EPSG:3857')
check('2.0.0: in web Mercator', drawn.isValid(), drawn.error().message())
drawn.renderer().symbol().setColor(QColor(30, 110, 190, 60))
settings = QgsMapSettings()
settings.setLayers([drawn])
settings.setDestinationCrs(QgsCoordinateReferenceSystem('EPSG:3857'))
settings.setExtent(QgsRectangle(560000, 5950000, 1720000, 7400000))
settings.setOutputSize(QSize(800, 1000))
settings.setBackgroundColor(QColor(255, 255, 255))
job = QgsMapRendererParallelJob(settings)
job.start()
job.waitForFinished()
image = job.renderedImage()
image.save(picture)


def is_blank(longitude_x, latitude_y):
    extent = settings.visibleExtent()
    x = int((longitude_x - extent.xMinimum()) / extent.width() * image.width())
    y = int((extent.yMaximum() - latitude_y) / extent.height() * image.height())
    return image.pixelColor(x, y) == QColor(255, 255, 255)


# In the middle of the first square (6.25 E, 47.75 N), and a degree west of all.
check('... drawn where it lies', not is_blank(695746, 6066042), 'nothing at 6.25 E, 47.75 N')
check('... and nowhere else', is_blank(570000, 6066042), 'something west of all footprints')
# Layers that outlive the application end in a crash.
del job, settings, drawn, clear, made
application.exitQgis()
end()
