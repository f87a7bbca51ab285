import type { Geometry, Position } from '#domain/geometry/geometry.js';
import { el, type XmlMarkup } from '../xml/xml-element.js';

const LAT_LON = 'urn:ogc:def:crs:EPSG::4326';

/** `eop:Footprint` (OGC 10-157r4 §7.2.3): the surfaces of a footprint in latitude, longitude, each position an element or all in a `gml:posList`; undefined where it has none. */
export function writeFootprint(
  geometry: Geometry | null,
  gmlId: string,
  positions: 'one by one' | 'as a list' = 'one by one',
): XmlMarkup | undefined {
  const polygons = geometry === null ? [] : polygonsOf(geometry);
  if (polygons.length === 0) return undefined;
  const members = polygons.map((rings, index) =>
    el(
      'gml:Polygon',
      { 'gml:id': `${gmlId}_p${index}`, srsName: LAT_LON },
      rings.map((ring, at) =>
        el(at === 0 ? 'gml:exterior' : 'gml:interior', {}, writeRing(ring, positions === 'as a list')),
      ),
    ),
  );
  const surface = el(
    'gml:MultiSurface',
    { 'gml:id': `${gmlId}_s`, srsName: LAT_LON },
    el('gml:surfaceMembers', {}, members),
  );
  return el('eop:Footprint', { 'gml:id': `${gmlId}_f` }, el('eop:multiExtentOf', {}, surface));
}

/** The polygons of a footprint, each as its rings. */
export function polygonsOf(geometry: Geometry): readonly (readonly (readonly Position[])[])[] {
  switch (geometry.type) {
    case 'Polygon':
      return [geometry.coordinates];
    case 'MultiPolygon':
      return geometry.coordinates;
    case 'GeometryCollection':
      return geometry.geometries.flatMap(polygonsOf);
    case 'Point':
    case 'MultiPoint':
    case 'LineString':
    case 'MultiLineString':
      return [];
  }
}

function writeRing(ring: readonly Position[], isList: boolean): XmlMarkup {
  const positions = ring.map(([longitude, latitude]) => `${latitude} ${longitude}`);
  const content = isList
    ? el('gml:posList', { srsDimension: 2 }, positions.join(' '))
    : positions.map((position) => el('gml:pos', {}, position));
  return el('gml:LinearRing', {}, content);
}
