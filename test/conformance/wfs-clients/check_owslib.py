"""OWSLib reads WFS 1.1.0 and 2.0.0."""
import json
import sys
import xml.etree.ElementTree as tree

from acquisitions import FOOTPRINTS, check, end, footprint
from owslib.etree import etree
from owslib.fes import And, BBox, PropertyIsLessThan
from owslib.wfs import WebFeatureService

address = sys.argv[1]
L1C = 'frombork:sentinel-2-l1c'


def ids(answer):
    return sorted(element.text for element in tree.fromstring(answer.read()).iter('{urn:frombork:wfs:1.0}id'))


def within(west, south, east, north, clouds=101):
    every = [(index, footprint(index)) for index in range(FOOTPRINTS)]
    hit = [index for index, (w, s, e, n) in every if w <= east and e >= west and s <= north and n >= south and index % 100 < clouds]
    return sorted(f'S2B_MSIL1C_FOOTPRINT_{index:04}' for index in hit)


for version in ('1.1.0', '2.0.0'):
    service = WebFeatureService(f'{address}/wfs', version=version, timeout=60)
    check(f'{version}: capabilities', L1C in service.contents and service.identification.type == 'WFS', list(service.contents))
    schema = service.get_schema(L1C)
    check(f'{version}: attributes', schema['properties']['cloudCover'] == 'double' and 'Polygon' in schema['geometry'], schema)
    found = ids(service.getfeature(typename=L1C, bbox=(9.1, 51.1, 9.4, 51.4)))
    check(f'{version}: a box', found == within(9.1, 51.1, 9.4, 51.4), found)
    first = ids(service.getfeature(typename=L1C, maxfeatures=7))
    check(f'{version}: so many', len(first) == 7, first)
    form = json.load(service.getfeature(typename=L1C, maxfeatures=2, outputFormat='application/json'))
    check(f'{version}: GeoJSON', len(form['features']) == 2, form)

condition = And([BBox([51.1, 9.1, 51.4, 9.4], crs='urn:ogc:def:crs:EPSG::4326'), PropertyIsLessThan('cloudCover', '50')])
legacy = WebFeatureService(f'{address}/wfs', version='1.1.0')
text = etree.tostring(condition.toXML(), encoding='unicode')
found = ids(legacy.getfeature(typename=L1C, filter=f'<ogc:Filter xmlns:ogc="http://www.opengis.net/ogc">{text}</ogc:Filter>'))
check('1.1.0: a filter', found == within(9.1, 51.1, 9.4, 51.4, 50), found)

service = WebFeatureService(f'{address}/wfs', version='2.0.0')
seen = []
for start in range(0, 1400, 350):
    seen += ids(service.getfeature(typename=L1C, maxfeatures=350, startindex=start))
check('2.0.0: every feature once, page by page', len(seen) == FOOTPRINTS + 1 == len(set(seen)), len(seen))
check('2.0.0: stored queries', any('GetFeatureById' in query.id for query in service.storedqueries))
answer = service.getfeature(
    storedQueryID='urn:ogc:def:query:OGC-WFS::GetFeatureById',
    storedQueryParams={'ID': 'sentinel-2-l1c.S2B_MSIL1C_FOOTPRINT_0007'},
)
check('2.0.0: GetFeatureById', ids(answer) == ['S2B_MSIL1C_FOOTPRINT_0007'])
end()
