"""GDAL's WFS driver: layers, pages, filters that are left to the server."""
import sys

from acquisitions import FOOTPRINTS, check, end, footprint
from osgeo import gdal, ogr

gdal.UseExceptions()
ogr.UseExceptions()
address = sys.argv[1]
L1C = 'frombork:sentinel-2-l1c'
asked = []
gdal.PushErrorHandler(lambda _kind, _number, message: asked.append(message))
gdal.SetConfigOption('CPL_DEBUG', 'WFS')
gdal.SetConfigOption('OGR_WFS_PAGE_SIZE', '250')


def names(layer):
    return sorted(feature.GetField('id') for feature in layer)


for version in ('2.0.0', '1.1.0'):
    source = ogr.Open(f'WFS:{address}/wfs?VERSION={version}')
    layers = [source.GetLayer(index).GetName() for index in range(source.GetLayerCount())]
    check(f'{version}: layers', L1C in layers and 'frombork:sentinel-1-grd' in layers, layers)
    layer = source.GetLayerByName(L1C)
    check(f'{version}: type of geometry', 'SURFACE' in ogr.GeometryTypeToName(layer.GetGeomType()).upper(), layer.GetGeomType())
    types = {field.GetName(): field.GetTypeName() for field in layer.schema}
    check(f'{version}: attributes', types['cloudCover'] == 'Real' and types['acquiredFrom'] == 'DateTime', types)
    check(f'{version}: how many', layer.GetFeatureCount() == FOOTPRINTS + 1, layer.GetFeatureCount())
    layer.SetAttributeFilter("cloudCover < 10 AND tile LIKE '30%'")
    wanted = [index for index in range(FOOTPRINTS) if index % 100 < 10 and index % 3 == 0]
    found = names(layer)
    check(f'{version}: an attribute filter', found == [f'S2B_MSIL1C_FOOTPRINT_{index:04}' for index in wanted], len(found))
    check('... left to the server', any('PropertyIsLike' in message for message in asked))
    layer.SetSpatialFilterRect(9.1, 51.1, 9.4, 51.4)
    near = [index for index in wanted if footprint(index)[0] == 9 and footprint(index)[1] == 51]
    found = names(layer)
    check(f'{version}: and a box', found == [f'S2B_MSIL1C_FOOTPRINT_{index:04}' for index in near], found)
    check('... left to the server', any('BBOX' in message for message in asked))
    asked.clear()
    layer.SetAttributeFilter("id = 'S2B_MSIL1C_FOOTPRINT_0007'")
    layer.SetSpatialFilter(None)
    only = layer.GetNextFeature()
    west, east, south, north = only.geometry().GetEnvelope()
    check(f'{version}: a footprint lies where it is', (west, south, east, north) == footprint(7), (west, south, east, north))

source = ogr.Open(f'WFS:{address}/wfs?VERSION=2.0.0')
layer = source.GetLayerByName(L1C)
asked.clear()
found = names(layer)
check('every feature once, page by page', len(found) == FOOTPRINTS + 1 == len(set(found)), len(found))
check('... of 250', sum('STARTINDEX=' in message for message in asked) >= 5, [m[:200] for m in asked if 'http' in m])
radar = source.GetLayerByName('frombork:sentinel-1-grd').GetNextFeature()
check('lists', radar.GetField('polarisations') == ['VV', 'VH'], radar.GetField('polarisations'))
end()
