import type { BoundingBox } from '#domain/geometry/geometry.js';
import { el, type XmlContent, type XmlMarkup } from '../xml/xml-element.js';
import { INSPIRE_DEFAULT } from './inspire-view.js';
import { writeBoxes } from './layer-boxes.js';
import { writeDefaultTime, writeTimeExtent } from './resolve-time.js';
import type { WmsDescription, WmsLayer, WmsStyle } from './wms-description.js';
import type { WmsDialect } from './wms-version.js';

const WORLD: BoundingBox = [-180, -90, 180, 90];
/** Whose the identifiers are. */
const AUTHORITY = 'EOP';

/** A dimension as either version declares it. */
interface Dimension {
  readonly name: string;
  readonly units: string;
  readonly unitSymbol?: string;
  readonly extent: string;
  readonly qualities: Readonly<Record<string, string | number>>;
}

/** Writes the layer that holds all others and says what they have in common. `withInspire` offers the default style under INSPIRE's name too. */
export function writeRootLayer(description: WmsDescription, dialect: WmsDialect, withInspire: boolean): XmlMarkup {
  const { title, abstract, keywords, crs, layers, authorityAddress } = description;
  const systems = dialect.axesOfAuthority ? crs : crs.filter((code) => code !== 'CRS:84');
  return el(
    'Layer',
    {},
    el('Title', {}, title),
    el('Abstract', {}, abstract),
    keywordList(keywords),
    systems.map((code) => el(dialect.crsName, {}, code)),
    writeBoxes(WORLD, dialect),
    el('AuthorityURL', { name: AUTHORITY }, onlineResource(authorityAddress)),
    layers.map((layer) => writeLayer(layer, description, { dialect, withInspire })),
  );
}

function writeLayer(
  layer: WmsLayer,
  { address }: WmsDescription,
  { dialect, withInspire }: { readonly dialect: WmsDialect; readonly withInspire: boolean },
): XmlMarkup {
  const { name, attribution, bbox } = layer;
  const [first] = layer.styles;
  const styles = withInspire && first ? [{ ...first, name: INSPIRE_DEFAULT }, ...layer.styles] : layer.styles;
  return el(
    'Layer',
    { queryable: 1, opaque: 0 },
    el('Name', {}, name),
    el('Title', {}, layer.title),
    el('Abstract', {}, layer.abstract),
    keywordList(layer.keywords),
    // A box across the antimeridian has no other form here: west has to be less than east.
    writeBoxes(bbox[0] <= bbox[2] ? bbox : [-180, bbox[1], 180, bbox[3]], dialect),
    writeDimensions(dimensionsOf(layer), dialect),
    el('Attribution', {}, el('Title', {}, attribution.title), onlineResource(attribution.address)),
    el('Identifier', { authority: AUTHORITY }, layer.identifier),
    el(
      'MetadataURL',
      { type: dialect.metadataType },
      el('Format', {}, 'application/xml'),
      onlineResource(layer.metadataAddress),
    ),
    styles.map((style) => writeStyle(style, legendAddress(address, name, { style: style.name, dialect }))),
  );
}

/** Cloud cover is the most that is wanted, percent. */
function dimensionsOf({ extent, hasCloudCover }: WmsLayer): readonly Dimension[] {
  const time: Dimension = {
    name: 'time',
    units: 'ISO8601',
    extent: writeTimeExtent(extent),
    qualities: { default: writeDefaultTime(extent), multipleValues: 1, nearestValue: 1, current: 1 },
  };
  // Where everything is of one moment there is nothing to choose.
  const times = extent.from.getTime() === extent.to.getTime() ? [] : [time];
  if (!hasCloudCover) return times;
  const clouds = { name: 'cloud_cover', units: 'percent', unitSymbol: '%', extent: '0/100/1' };
  return [...times, { ...clouds, qualities: { default: 100, multipleValues: 0, nearestValue: 0 } }];
}

/** 1.3.0 annex C.2 says all in one element; 1.1.1 annex C.2 declares the dimension in one and its values in another. */
function writeDimensions(dimensions: readonly Dimension[], { version }: WmsDialect): readonly XmlMarkup[] {
  if (version === '1.3.0') {
    return dimensions.map(({ extent, qualities, ...declared }) =>
      el('Dimension', { ...declared, ...qualities }, extent),
    );
  }
  return [
    ...dimensions.map(({ extent: _extent, qualities: _qualities, ...declared }) => el('Dimension', declared)),
    ...dimensions.map(({ name, extent, qualities }) => el('Extent', { name, ...qualities }, extent)),
  ];
}

function legendAddress(
  address: string,
  layer: string,
  { style, dialect }: { readonly style: string; readonly dialect: WmsDialect },
): string {
  const query = new URLSearchParams({ SERVICE: 'WMS', VERSION: dialect.version, REQUEST: 'GetLegendGraphic' });
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

/** Nothing where there are none. */
export function keywordList(keywords: readonly string[]): XmlContent {
  if (keywords.length === 0) return undefined;
  return el('KeywordList', {}, keywords.map((keyword) => el('Keyword', {}, keyword))); // prettier-ignore
}

/** An address to go to. The namespace stands where 1.1.1 has no other place for it. */
export function onlineResource(href: string): XmlMarkup {
  return el('OnlineResource', { 'xmlns:xlink': XLINK, 'xlink:type': 'simple', 'xlink:href': href });
}

const XLINK = 'http://www.w3.org/1999/xlink';
