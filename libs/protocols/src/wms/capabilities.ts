import type { BoundingBox } from '#domain/geometry/geometry.js';
import { el, type XmlMarkup } from '../xml/xml-element.js';
import { writeXml } from '../xml/write-xml.js';
import { INFO_FORMS } from './feature-info-request.js';
import { MAP_FORMATS, MAP_LIMITS } from './get-map-request.js';
import { writeDefaultTime, writeTimeExtent, type TimeExtent } from './resolve-time.js';

/** A style as capabilities describe it. */
export interface WmsStyle {
  readonly name: string;
  readonly title: string;
  readonly description?: string;
  /** Pixels of its GetLegendGraphic. */
  readonly legend?: { readonly width: number; readonly height: number };
}

/** A layer as capabilities describe it. */
export interface WmsLayer {
  readonly name: string;
  readonly title: string;
  readonly abstract: string;
  readonly keywords: readonly string[];
  /** The first is the default. */
  readonly styles: readonly WmsStyle[];
  readonly bbox: BoundingBox;
  readonly extent: TimeExtent;
}

/** What a capabilities document is written from. */
export interface WmsDescription {
  readonly title: string;
  readonly abstract: string;
  readonly keywords: readonly string[];
  /** Public address of the service, ending in `?`. */
  readonly address: string;
  readonly updateSequence: string;
  /** Systems maps are drawn in, CRS:84 among them. */
  readonly crs: readonly string[];
  readonly layers: readonly WmsLayer[];
  readonly contact: WmsContact;
}

/** Whom users can ask. */
export interface WmsContact {
  readonly organisation: string;
  readonly email?: string;
}

const NAMESPACES = {
  version: '1.3.0',
  xmlns: 'http://www.opengis.net/wms',
  'xmlns:xlink': 'http://www.w3.org/1999/xlink',
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  'xsi:schemaLocation': 'http://www.opengis.net/wms http://schemas.opengis.net/wms/1.3.0/capabilities_1_3_0.xsd',
};
/** Latitude at which web Mercator ends. */
const MERCATOR_LATITUDE = 85.051_128_779_806_6;
const EARTH_RADIUS = 6_378_137;

/** Writes WMS_Capabilities (WMS 1.3.0 §7.2.4, annex A). Its size grows with the number of layers, never with that of products. */
export function writeCapabilities(description: WmsDescription): string {
  const { updateSequence } = description;
  return writeXml(
    el('WMS_Capabilities', { ...NAMESPACES, updateSequence }, service(description), capability(description)),
  );
}

function service({ title, abstract, keywords, address, contact }: WmsDescription): XmlMarkup {
  return el(
    'Service',
    {},
    el('Name', {}, 'WMS'),
    el('Title', {}, title),
    el('Abstract', {}, abstract),
    keywordList(keywords),
    onlineResource(address),
    el(
      'ContactInformation',
      {},
      el(
        'ContactPersonPrimary',
        {},
        el('ContactPerson', {}, 'Operator of the mirror'),
        el('ContactOrganization', {}, contact.organisation),
      ),
      contact.email !== undefined && el('ContactElectronicMailAddress', {}, contact.email),
    ),
    el('Fees', {}, 'none'),
    el('AccessConstraints', {}, 'none'),
    el('LayerLimit', {}, MAP_LIMITS.layers),
    el('MaxWidth', {}, MAP_LIMITS.width),
    el('MaxHeight', {}, MAP_LIMITS.height),
  );
}

function capability({ title, abstract, address, crs, layers }: WmsDescription): XmlMarkup {
  const get = el('DCPType', {}, el('HTTP', {}, el('Get', {}, onlineResource(address))));
  const formats = (...types: readonly string[]): XmlMarkup[] => types.map((type) => el('Format', {}, type));
  return el(
    'Capability',
    {},
    el(
      'Request',
      {},
      el('GetCapabilities', {}, formats('text/xml'), get),
      el('GetMap', {}, formats(...MAP_FORMATS), get),
      el('GetFeatureInfo', {}, formats(...INFO_FORMS.keys()), get),
    ),
    el('Exception', {}, formats('XML', 'INIMAGE', 'BLANK')),
    el(
      'Layer',
      {},
      el('Title', {}, title),
      el('Abstract', {}, abstract),
      crs.map((code) => el('CRS', {}, code)),
      geographicBox([-180, -90, 180, 90]),
      boundingBoxes([-180, -90, 180, 90]),
      layers.map((one) => layer(one, address)),
    ),
  );
}

function layer({ name, title, abstract, keywords, styles, bbox, extent }: WmsLayer, address: string): XmlMarkup {
  // A box across the antimeridian has no other form here: EX_GeographicBoundingBox and BoundingBox need west < east.
  const box: BoundingBox = bbox[0] <= bbox[2] ? bbox : [-180, bbox[1], 180, bbox[3]];
  return el(
    'Layer',
    { queryable: 1, opaque: 0 },
    el('Name', {}, name),
    el('Title', {}, title),
    el('Abstract', {}, abstract),
    keywordList(keywords),
    geographicBox(box),
    boundingBoxes(box),
    el(
      'Dimension',
      {
        name: 'time',
        units: 'ISO8601',
        default: writeDefaultTime(extent),
        multipleValues: 1,
        nearestValue: 1,
        current: 1,
      },
      writeTimeExtent(extent),
    ),
    styles.map((style) => writeStyle(style, legendAddress(address, name, style.name))),
  );
}

function legendAddress(address: string, layer: string, style: string): string {
  const query = new URLSearchParams({ SERVICE: 'WMS', VERSION: '1.3.0', REQUEST: 'GetLegendGraphic' });
  return `${address}${query.toString()}&LAYER=${encodeURIComponent(layer)}&STYLE=${encodeURIComponent(style)}&FORMAT=image/png`;
}

function writeStyle({ name, title, description, legend }: WmsStyle, href: string): XmlMarkup {
  return el(
    'Style',
    {},
    el('Name', {}, name),
    el('Title', {}, title),
    description !== undefined && el('Abstract', {}, description),
    legend && el('LegendURL', { ...legend }, el('Format', {}, 'image/png'), onlineResource(href)),
  );
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

/** In the three systems clients look for, each in its own axis order (§6.7.4); GDAL opens no layer without them. */
function boundingBoxes([west, south, east, north]: BoundingBox): XmlMarkup[] {
  const box = (CRS: string, [minx, miny, maxx, maxy]: readonly [number, number, number, number]): XmlMarkup =>
    el('BoundingBox', { CRS, minx, miny, maxx, maxy });
  return [
    box('CRS:84', [west, south, east, north]),
    box('EPSG:4326', [south, west, north, east]),
    box('EPSG:3857', [mercatorX(west), mercatorY(south), mercatorX(east), mercatorY(north)]),
  ];
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

function keywordList(keywords: readonly string[]): XmlMarkup | undefined {
  if (keywords.length === 0) return undefined;
  return el(
    'KeywordList',
    {},
    keywords.map((keyword) => el('Keyword', {}, keyword)),
  );
}

function onlineResource(href: string): XmlMarkup {
  return el('OnlineResource', { 'xlink:type': 'simple', 'xlink:href': href });
}
