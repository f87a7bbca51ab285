import type { BoundingBox } from '#domain/geometry/geometry.js';
import type { TileMatrixSet } from '#domain/tiles/tile-matrix-set.js';
import { TILE_FORMATS } from '../tiles/tile-format.js';
import { INFO_FORMS } from '../wms/feature-info-request.js';
import { writeTimeExtent, type TimeExtent } from '../wms/resolve-time.js';
import type { MapLayer, WmsContact, WmsStyle } from '../wms/wms-description.js';
import { writeXml } from '../xml/write-xml.js';
import { el, type XmlMarkup } from '../xml/xml-element.js';
import { tileMatrixSetMarkup } from './tile-matrix-set-markup.js';
import { CAPABILITIES_FORMATS, SECTIONS, type Section } from './wmts-request.js';
import { infoTemplate, tileTemplate } from './wmts-path.js';

/** A layer as capabilities describe it. They tell no limits: the published schema refuses those that begin at 0, as nearly all do. */
export interface WmtsLayer extends MapLayer {
  readonly sets: readonly TileMatrixSet[];
}

/** What a capabilities document is written from. */
export interface WmtsDescription {
  readonly title: string;
  readonly abstract: string;
  readonly keywords: readonly string[];
  /** Public address of the mirror, without trailing slash. */
  readonly mirror: string;
  /** A number, for OGC's suite compares it as one. */
  readonly updateSequence: string;
  readonly layers: readonly WmtsLayer[];
  readonly contact: WmsContact;
}

const NAMESPACES = {
  version: '1.0.0',
  xmlns: 'http://www.opengis.net/wmts/1.0',
  'xmlns:ows': 'http://www.opengis.net/ows/1.1',
  'xmlns:xlink': 'http://www.w3.org/1999/xlink',
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  'xsi:schemaLocation':
    'http://www.opengis.net/wmts/1.0 http://schemas.opengis.net/wmts/1.0/wmtsGetCapabilities_response.xsd',
};
const OPERATIONS = ['GetCapabilities', 'GetTile', 'GetFeatureInfo'];

/** Writes Capabilities (§7.1.1.2), the sections asked for. Its size grows with the number of layers, never with that of products. */
export function writeCapabilities(
  description: WmtsDescription,
  sections: ReadonlySet<Section> = new Set(SECTIONS),
): string {
  const writers: Readonly<Record<Section, (description: WmtsDescription) => XmlMarkup>> = {
    ServiceIdentification: identification,
    ServiceProvider: provider,
    OperationsMetadata: operations,
    Contents: contents,
    Themes: themes,
  };
  const wanted = SECTIONS.filter((section) => sections.has(section));
  const service = `${description.mirror}/wmts/1.0.0/WMTSCapabilities.xml`;
  return writeXml(
    el(
      'Capabilities',
      { ...NAMESPACES, updateSequence: description.updateSequence },
      wanted.map((section) => writers[section](description)),
      wanted.length === SECTIONS.length && el('ServiceMetadataURL', { 'xlink:href': service }),
    ),
  );
}

/** The document for a client that has the newest one (§7.1.1.1, table 6). */
export function writeUnchanged(updateSequence: string): string {
  return writeXml(el('Capabilities', { ...NAMESPACES, updateSequence }));
}

function identification({ title, abstract, keywords }: WmtsDescription): XmlMarkup {
  return el(
    'ows:ServiceIdentification',
    {},
    el('ows:Title', {}, title),
    el('ows:Abstract', {}, abstract),
    keywordMarkup(keywords),
    el('ows:ServiceType', {}, 'OGC WMTS'),
    el('ows:ServiceTypeVersion', {}, '1.0.0'),
    el('ows:Fees', {}, 'none'),
    el('ows:AccessConstraints', {}, 'none'),
  );
}

function provider({ contact: { organisation, email }, mirror }: WmtsDescription): XmlMarkup {
  const address = email !== undefined && el('ows:Address', {}, el('ows:ElectronicMailAddress', {}, email));
  return el(
    'ows:ServiceProvider',
    {},
    el('ows:ProviderName', {}, organisation),
    el('ows:ProviderSite', { 'xlink:href': mirror }),
    el('ows:ServiceContact', {}, address && el('ows:ContactInfo', {}, address)),
  );
}

function operations({ mirror }: WmtsDescription): XmlMarkup {
  const get = (encoding: string, href: string): XmlMarkup =>
    el(
      'ows:Get',
      { 'xlink:href': href },
      el('ows:Constraint', { name: 'GetEncoding' }, el('ows:AllowedValues', {}, el('ows:Value', {}, encoding))),
    );
  const formats = CAPABILITIES_FORMATS.map((type) => el('ows:Value', {}, type));
  return el(
    'ows:OperationsMetadata',
    {},
    OPERATIONS.map((name) =>
      el(
        'ows:Operation',
        { name },
        el('ows:DCP', {}, el('ows:HTTP', {}, get('KVP', `${mirror}/wmts?`))),
        name === 'GetCapabilities' &&
          el('ows:Parameter', { name: 'AcceptFormats' }, el('ows:AllowedValues', {}, formats)),
      ),
    ),
  );
}

function contents({ layers, mirror }: WmtsDescription): XmlMarkup {
  return el(
    'Contents',
    {},
    layers.map((layer) => layerMarkup(layer, mirror)),
    tileMatrixSetMarkup(setsOf(layers)),
  );
}

/** Each once, in the order they are offered in. */
function setsOf(layers: readonly WmtsLayer[]): readonly TileMatrixSet[] {
  const used = layers.flatMap(({ sets }) => sets.map((set): [string, TileMatrixSet] => [set.id, set]));
  return [...new Map(used).values()];
}

function layerMarkup(layer: WmtsLayer, mirror: string): XmlMarkup {
  const { name, title, abstract, keywords, bbox, styles, extent, sets } = layer;
  const templates = TILE_FORMATS.map((format) =>
    el('ResourceURL', { format, resourceType: 'tile', template: tileTemplate(`${mirror}/wmts`, name, format) }),
  );
  const infoTemplates = [...INFO_FORMS.keys()].map((format) =>
    el('ResourceURL', { format, resourceType: 'FeatureInfo', template: infoTemplate(`${mirror}/wmts`, name, format) }),
  );
  return el(
    'Layer',
    {},
    el('ows:Title', {}, title),
    el('ows:Abstract', {}, abstract),
    keywordMarkup(keywords),
    boxMarkup(bbox),
    el('ows:Identifier', {}, name),
    styles.map((style, index) => styleMarkup(style, index === 0, `${mirror}/wms?`, name)),
    TILE_FORMATS.map((format) => el('Format', {}, format)),
    [...INFO_FORMS.keys()].map((type) => el('InfoFormat', {}, type)),
    timeMarkup(extent),
    sets.map(({ id }) => el('TileMatrixSetLink', {}, el('TileMatrixSet', {}, id))),
    templates,
    infoTemplates,
  );
}

/** The default is the keyword, which fits into a path: the whole extent, so that a tile without Time shows the newest scene of every place. */
function timeMarkup(extent: TimeExtent): XmlMarkup {
  return el(
    'Dimension',
    {},
    el('ows:Identifier', {}, 'Time'),
    el('ows:UOM', {}, 'ISO8601'),
    el('Default', {}, 'default'),
    el('Current', {}, 'true'),
    el('Value', {}, writeTimeExtent(extent)),
  );
}

function styleMarkup(
  { name, title, description, legend }: WmsStyle,
  isDefault: boolean,
  wms: string,
  layer: string,
): XmlMarkup {
  const query = new URLSearchParams({ SERVICE: 'WMS', VERSION: '1.3.0', REQUEST: 'GetLegendGraphic', LAYER: layer });
  const href = `${wms}${query.toString()}&STYLE=${encodeURIComponent(name)}&FORMAT=image/png`;
  return el(
    'Style',
    isDefault ? { isDefault: 'true' } : {},
    el('ows:Title', {}, title),
    description !== undefined && el('ows:Abstract', {}, description),
    el('ows:Identifier', {}, name),
    legend && el('LegendURL', { format: 'image/png', 'xlink:href': href, ...legend }),
  );
}

function themes({ layers }: WmtsDescription): XmlMarkup {
  return el(
    'Themes',
    {},
    el(
      'Theme',
      {},
      el('ows:Title', {}, 'Collections'),
      el('ows:Identifier', {}, 'collections'),
      layers.map(({ name }) => el('LayerRef', {}, name)),
    ),
  );
}

/** A box across the antimeridian has no other form here. */
function boxMarkup(bbox: BoundingBox): XmlMarkup {
  const [west, south, east, north] = bbox[0] <= bbox[2] ? bbox : [-180, bbox[1], 180, bbox[3]];
  return el(
    'ows:WGS84BoundingBox',
    {},
    el('ows:LowerCorner', {}, `${west} ${south}`),
    el('ows:UpperCorner', {}, `${east} ${north}`),
  );
}

function keywordMarkup(keywords: readonly string[]): XmlMarkup | undefined {
  if (keywords.length === 0) return undefined;
  return el(
    'ows:Keywords',
    {},
    keywords.map((keyword) => el('ows:Keyword', {}, keyword)),
  );
}
