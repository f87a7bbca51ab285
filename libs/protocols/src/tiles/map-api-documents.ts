import type { BoundingBox } from '#domain/geometry/geometry.js';
import { JSON_TYPE, mapApiRoot, mapHref, OPENAPI_TYPE, ogcRel, type MapLink } from './map-link.js';
import { endingOf, TILE_FORMATS } from './tile-format.js';

/** A collection that can be drawn. */
export interface MapCollection {
  readonly name: string;
  readonly title: string;
  readonly abstract: string;
  readonly keywords: readonly string[];
  readonly bbox: BoundingBox;
  readonly extent: { readonly from: Date; readonly to: Date };
  /** The first is the usual one. */
  readonly styles: readonly { readonly name: string; readonly title: string; readonly description?: string }[];
}

/** Conformance classes that hold, all of them. */
export const MAP_CONFORMANCE: readonly string[] = [
  ...of('ogcapi-common-1/1.0', ['core', 'landing-page', 'json', 'oas30']),
  ...of('ogcapi-common-2/1.0', ['collections']),
  ...of('ogcapi-tiles-1/1.0', ['core', 'tileset', 'tilesets-list', 'dataset-tilesets', 'geodata-tilesets']),
  ...of('ogcapi-tiles-1/1.0', ['collections-selection', 'datetime', 'png', 'jpeg', 'oas30']),
  ...of('ogcapi-maps-1/1.0', ['core', 'dataset-map', 'collection-map', 'styled-map', 'png', 'jpeg']),
  ...of('tms/2.0', ['tilematrixset', 'json-tilematrixset', 'tilesetmetadata', 'json-tilesetmetadata']),
  ...of('tms/2.0', ['tilematrixsetlimits', 'json-tilematrixsetlimits']),
];

/** The landing page of the maps and tiles (OGC 19-072 §7.2). */
export function writeMapLanding(title: string, mirror: string): object {
  const root = mapApiRoot(mirror);
  const links: readonly MapLink[] = [
    { rel: 'self', href: root, type: JSON_TYPE, title: 'This page' },
    { rel: 'service-desc', href: `${root}/api`, type: OPENAPI_TYPE, title: 'OpenAPI description' },
    { rel: 'conformance', href: `${root}/conformance`, type: JSON_TYPE, title: 'What is implemented' },
    { rel: ogcRel('conformance'), href: `${root}/conformance`, type: JSON_TYPE, title: 'What is implemented' },
    { rel: 'data', href: `${root}/collections`, type: JSON_TYPE, title: 'Collections that can be drawn' },
    { rel: ogcRel('data'), href: `${root}/collections`, type: JSON_TYPE, title: 'Collections that can be drawn' },
    { rel: ogcRel('tiling-schemes'), href: `${root}/tileMatrixSets`, type: JSON_TYPE, title: 'Tile matrix sets' },
    ...drawnLinks(root, {}, 'Everything'),
    { rel: 'related', href: `${mirror}/stac`, type: JSON_TYPE, title: 'The catalogue: STAC API and OGC API Features' },
  ];
  return { title, description: 'Maps and map tiles of the Sentinel products in this Copernicus mirror.', links };
}

/** `/collections` (OGC 20-024 §8.2): those that can be drawn. */
export function writeMapCollections(collections: readonly MapCollection[], mirror: string): object {
  const links: readonly MapLink[] = [{ rel: 'self', href: `${mapApiRoot(mirror)}/collections`, type: JSON_TYPE }];
  return { links, collections: collections.map((collection) => writeMapCollection(collection, mirror)) };
}

/** One collection: where its maps and tiles are, in which styles, and where its items. */
export function writeMapCollection(collection: MapCollection, mirror: string): object {
  const { name, title, abstract, keywords, bbox, extent, styles } = collection;
  const root = mapApiRoot(mirror);
  const id = encodeURIComponent(name);
  const links: readonly MapLink[] = [
    { rel: 'self', href: `${root}/collections/${id}`, type: JSON_TYPE, title },
    { rel: 'root', href: root, type: JSON_TYPE },
    ...drawnLinks(root, { collection: name }, title),
    { rel: ogcRel('styles'), href: `${root}/collections/${id}/styles`, type: JSON_TYPE, title: 'Styles' },
    { rel: 'items', href: `${mirror}/stac/collections/${id}/items`, type: 'application/geo+json', title: 'Products' },
    { rel: 'related', href: `${mirror}/stac/collections/${id}`, type: JSON_TYPE, title: 'In the catalogue' },
  ];
  return {
    id: name,
    title,
    description: abstract,
    keywords,
    extent: {
      spatial: { bbox: [bbox] },
      temporal: { interval: [[wholeSeconds(extent.from), wholeSeconds(extent.to)]] },
    },
    crs: ['http://www.opengis.net/def/crs/OGC/1.3/CRS84'],
    styles: styles.map((style) => ({ id: style.name, title: style.title })),
    links,
  };
}

/** `/collections/{id}/styles` in the form of OGC API Styles (20-009): what each style is, with its maps and tiles. */
export function writeMapStyles({ name, styles }: MapCollection, mirror: string): object {
  const root = mapApiRoot(mirror);
  return {
    default: styles[0]?.name,
    styles: styles.map(({ name: style, title, description }) => ({
      id: style,
      title,
      ...(description !== undefined && description !== '' && { description }),
      links: [...drawnLinks(root, { collection: name, style }, title), legendLink(mirror, name, style)],
    })),
  };
}

/** Where something is as a map, in every format, and as tiles. */
function drawnLinks(root: string, path: Parameters<typeof mapHref>[1], title: string): readonly MapLink[] {
  const href = mapHref(root, path);
  return [
    ...TILE_FORMATS.map((type): MapLink => ({
      rel: ogcRel('map'),
      href: `${href}?f=${endingOf(type)}`,
      type,
      title: `${title} as a map`,
    })),
    { rel: ogcRel('tilesets-map'), href: `${href}/tiles`, type: JSON_TYPE, title: `${title} as map tiles` },
  ];
}

function legendLink(mirror: string, layer: string, style: string): MapLink {
  const query = new URLSearchParams({ SERVICE: 'WMS', VERSION: '1.3.0', REQUEST: 'GetLegendGraphic' });
  const what = new URLSearchParams({ LAYER: layer, STYLE: style, FORMAT: 'image/png' });
  const href = `${mirror}/wms?${query.toString()}&${what.toString()}`;
  return { rel: ogcRel('legend'), href, type: 'image/png', title: 'Legend' };
}

/** Clients of tiles stumble over milliseconds. */
function wholeSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

function of(spec: string, names: readonly string[]): readonly string[] {
  return names.map((name) => `http://www.opengis.net/spec/${spec}/conf/${name}`);
}
