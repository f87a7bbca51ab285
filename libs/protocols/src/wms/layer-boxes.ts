import type { BoundingBox } from '#domain/geometry/geometry.js';
import { el, type XmlMarkup } from '../xml/xml-element.js';
import { findMapCrs } from './map-crs.js';
import type { WmsDialect } from './wms-version.js';

/** Latitude at which web Mercator ends. */
const MERCATOR_LATITUDE = 85.051_128_779_806_6;
const EARTH_RADIUS = 6_378_137;

/** Writes where a layer lies: in degrees, and as BoundingBox in the systems clients look for (GDAL opens no layer without them), with the axes of the version (1.3.0 §6.7.4). */
export function writeBoxes(box: BoundingBox, dialect: WmsDialect): readonly XmlMarkup[] {
  const [west, south, east, north] = box;
  const mercator: BoundingBox = [mercatorX(west), mercatorY(south), mercatorX(east), mercatorY(north)];
  const { axesOfAuthority, crsName } = dialect;
  const boundingBox = (code: string, edges: BoundingBox): XmlMarkup => {
    const turned = axesOfAuthority && (findMapCrs(code)?.northFirst ?? false);
    const [minx, miny, maxx, maxy] = turned ? [edges[1], edges[0], edges[3], edges[2]] : edges;
    return el('BoundingBox', { [crsName]: code, minx, miny, maxx, maxy });
  };
  const codes = axesOfAuthority ? ['CRS:84', 'EPSG:4326'] : ['EPSG:4326'];
  return [
    axesOfAuthority
      ? geographicBox(box)
      : el('LatLonBoundingBox', { minx: west, miny: south, maxx: east, maxy: north }),
    ...codes.map((code) => boundingBox(code, box)),
    boundingBox('EPSG:3857', mercator),
  ];
}

function geographicBox([west, south, east, north]: BoundingBox): XmlMarkup {
  return el(
    'EX_GeographicBoundingBox',
    {},
    el('westBoundLongitude', {}, west),
    el('eastBoundLongitude', {}, east),
    el('southBoundLatitude', {}, south),
    el('northBoundLatitude', {}, north),
  );
}

function mercatorX(longitude: number): number {
  return centimetres((longitude * Math.PI * EARTH_RADIUS) / 180);
}

function mercatorY(latitude: number): number {
  const clipped = Math.max(-MERCATOR_LATITUDE, Math.min(MERCATOR_LATITUDE, latitude));
  return centimetres(Math.asinh(Math.tan((clipped * Math.PI) / 180)) * EARTH_RADIUS);
}

function centimetres(metres: number): number {
  return Math.round(metres * 100) / 100;
}
