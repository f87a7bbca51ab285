import type { BoundingBox } from '#domain/geometry/geometry.js';
import type { TileMatrixSet } from '#domain/tiles/tile-matrix-set.js';
import { crsUri } from '../wcs/coverage-crs.js';
import { JSON_TYPE, ogcRel, type MapLink } from './map-link.js';
import { endingOf, TILE_FORMATS } from './tile-format.js';

/** A collection drawn into tiles, and how. */
export interface TilesetLayer {
  readonly collection: string;
  readonly title: string;
  readonly description: string;
  readonly style: { readonly name: string; readonly title: string };
  readonly bbox: BoundingBox;
}

/** The map tiles are cut from. */
export interface TiledMap {
  /** Public address of the map. */
  readonly href: string;
  /** What was said besides (`datetime=...`), without question mark; it is kept in every address. */
  readonly query: string;
  readonly root: string;
  readonly title: string;
  readonly description: string;
  readonly attribution: string;
  readonly bbox: BoundingBox;
  /** Bottom to top. */
  readonly layers: readonly TilesetLayer[];
  /** Where the same tiles have a TileJSON. */
  readonly tileJson?: string;
}

/** The list of a map's tilesets (OGC 20-057 §9.2), each in short. */
export function writeTilesets(map: TiledMap, sets: readonly TileMatrixSet[]): object {
  const links: readonly MapLink[] = [
    { rel: 'self', href: addressOf(map, ''), type: JSON_TYPE, title: map.title },
    { rel: ogcRel('map'), href: withQuery(map.href, map.query), type: 'image/png', title: 'As one map' },
  ];
  return {
    links,
    tilesets: sets.map((set) => ({ ...inShort(map, set), links: [...shortLinks(map, set)] })),
  };
}

/**
 * A tileset (OGC 17-083r4 §7.2.1) with where its tiles are. Its limits are those of the matrices: tighter ones, or none, GDAL 3.6 and 3.7 turn into
 * addresses of other tiles.
 */
export function writeTileset(map: TiledMap, set: TileMatrixSet): object {
  const { bbox, description, attribution, layers } = map;
  return {
    ...inShort(map, set),
    description,
    attribution,
    mediaTypes: TILE_FORMATS,
    tileMatrixSetLimits: set.matrices.map(({ id, rows, columns }) => ({
      tileMatrix: id,
      minTileRow: 0,
      maxTileRow: rows - 1,
      minTileCol: 0,
      maxTileCol: columns - 1,
    })),
    boundingBox: boxOf(bbox),
    layers: layers.map((layer) => writeLayer(layer, map.root)),
    links: [...shortLinks(map, set), ...tileLinks(map, set)],
  };
}

function inShort({ title }: TiledMap, { id, crs, uri }: TileMatrixSet): object {
  return { title, dataType: 'map', crs: crsUri(crs), tileMatrixSetId: id, tileMatrixSetURI: uri };
}

function shortLinks(map: TiledMap, { id, title }: TileMatrixSet): readonly MapLink[] {
  return [
    { rel: 'self', href: addressOf(map, `/${id}`), type: JSON_TYPE, title: `${map.title}: ${title}` },
    { rel: ogcRel('tiling-scheme'), href: `${map.root}/tileMatrixSets/${id}`, type: JSON_TYPE, title },
  ];
}

function tileLinks(map: TiledMap, { id }: TileMatrixSet): readonly MapLink[] {
  const templates = TILE_FORMATS.map((type): MapLink => {
    const query = [`f=${endingOf(type)}`, map.query].filter((part) => part !== '').join('&');
    const href = `${map.href}/tiles/${id}/{tileMatrix}/{tileRow}/{tileCol}?${query}`;
    return { rel: 'item', href, type, templated: true, title: `Tiles as ${type}` };
  });
  const hasTileJson = map.tileJson !== undefined && id === 'WebMercatorQuad';
  const alternate = hasTileJson
    ? [{ rel: 'alternate', href: map.tileJson!, type: JSON_TYPE, title: 'TileJSON of these tiles' }]
    : [];
  return [...templates, ...alternate];
}

function writeLayer({ collection, title, description, style, bbox }: TilesetLayer, root: string): object {
  const href = `${root}/collections/${encodeURIComponent(collection)}`;
  return {
    id: collection,
    title,
    description,
    dataType: 'map',
    style: { id: style.name, title: style.title },
    boundingBox: boxOf(bbox),
    links: [{ rel: ogcRel('geodata'), href, type: JSON_TYPE, title }] satisfies readonly MapLink[],
  };
}

/** Across the antimeridian the corners are west > east, as everywhere in OGC API. */
function boxOf([west, south, east, north]: BoundingBox): object {
  return { lowerLeft: [west, south], upperRight: [east, north], crs: crsUri('CRS:84'), orderedAxes: ['Lon', 'Lat'] };
}

function addressOf({ href, query }: TiledMap, below: string): string {
  return withQuery(`${href}/tiles${below}`, query);
}

function withQuery(href: string, query: string): string {
  return query === '' ? href : `${href}?${query}`;
}
