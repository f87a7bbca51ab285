import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidError } from '#domain/errors.js';
import { TILE_MATRIX_SETS, WEB_MERCATOR_QUAD } from '#domain/tiles/tile-matrix-sets.js';
import { parseKvp } from '../ows/kvp.js';
import { chooseTileFormat } from './choose-tile-format.js';
import { MAP_API_PATHS, writeMapDescription } from './map-api-description.js';
import { MAP_CONFORMANCE } from './map-api-documents.js';
import { mapHref, type MapLink } from './map-link.js';
import { parseMapFrame, sizeOf, writeContentBbox } from './map-request-parameters.js';
import { writeTileMatrixSet, writeTileMatrixSets } from './tile-matrix-set-document.js';
import { writeTileset, writeTilesets, type TiledMap } from './tileset-document.js';

const ROOT = 'https://mirror.example/ogc/api';
const MAP: TiledMap = {
  href: `${ROOT}/collections/a/map`,
  query: 'datetime=2024',
  root: ROOT,
  title: 'A',
  description: 'Of a',
  attribution: 'b',
  bbox: [10, 47, 12, 49],
  layers: [{ collection: 'a', title: 'A', description: '', style: { name: 's', title: 'S' }, bbox: [10, 47, 12, 49] }],
  tileJson: 'https://mirror.example/tiles/a/default/tilejson.json',
};
type Documented = { readonly links: readonly MapLink[] };
const subject = (work: () => unknown): string | undefined => {
  try {
    work();
  } catch (error) {
    if (error instanceof InvalidError) return error.subject;
    throw error;
  }
  return 'nothing';
};

describe('OGC API Tiles (OGC 20-057)', () => {
  it('/req/tilesets-list/tileset-links: every tileset in short, with itself and its set', () => {
    const list = writeTilesets(MAP, [WEB_MERCATOR_QUAD]) as { readonly tilesets: readonly Documented[] };
    expect(list.tilesets[0]).toMatchObject({
      dataType: 'map',
      crs: 'http://www.opengis.net/def/crs/EPSG/0/3857',
      tileMatrixSetURI: 'http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad',
    });
    expect(list.tilesets[0]!.links.map(({ rel, href }) => [rel, href])).toEqual([
      ['self', `${ROOT}/collections/a/map/tiles/WebMercatorQuad?datetime=2024`],
      ['http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme', `${ROOT}/tileMatrixSets/WebMercatorQuad`],
    ]);
  });

  it('/req/tileset/description: a templated link for every format, each with its media type', () => {
    const { links } = writeTileset(MAP, WEB_MERCATOR_QUAD) as Documented;
    const items = links.filter(({ rel }) => rel === 'item');
    expect(items.map(({ type, templated }) => [type, templated])).toEqual([
      ['image/png', true],
      ['image/jpeg', true],
      ['image/webp', true],
    ]);
    const template = `${ROOT}/collections/a/map/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}`;
    expect(items[0]!.href).toBe(`${template}?f=png&datetime=2024`);
    expect(links.find(({ rel }) => rel === 'alternate')?.href).toBe(MAP.tileJson);
  });

  it('announces limits that are those of the matrices', () => {
    const { tileMatrixSetLimits: limits } = writeTileset(MAP, TILE_MATRIX_SETS.get('UTM32WGS84Quad')!) as {
      readonly tileMatrixSetLimits: readonly unknown[];
    };
    expect(limits[2]).toEqual({ tileMatrix: '3', minTileRow: 0, maxTileRow: 7, minTileCol: 0, maxTileCol: 3 });
  });

  it('/req/core/tc-error: encodings by f, else by Accept', () => {
    const asked: readonly (readonly [string | undefined, string | undefined, string])[] = [
      [undefined, undefined, 'image/png'],
      [undefined, '*/*', 'image/png'],
      [undefined, 'image/avif,image/webp,image/*;q=0.8', 'image/webp'],
      [undefined, 'image/jpeg;q=0.9, image/png;q=0.1', 'image/jpeg'],
      [undefined, 'application/json', 'image/png'],
      ['jpeg', 'image/png', 'image/jpeg'],
      ['image/webp', 'image/png', 'image/webp'],
    ];
    for (const [f, accept, format] of asked) expect(chooseTileFormat(f, accept)).toBe(format);
    expect(subject(() => chooseTileFormat('tiff', undefined))).toBe('f');
  });

  it('/req/oas30/operation-id: every resource has its operations, no two the same', () => {
    const ids = Object.values(MAP_API_PATHS).map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const resource of ['dataset', 'collection', 'collection.style']) {
      expect(ids).toEqual(
        expect.arrayContaining([
          `${resource}.map.getTile`,
          `${resource}.map.getTileSet`,
          `${resource}.map.getTileSetsList`,
        ]),
      );
    }
    expect(ids).toEqual(expect.arrayContaining(['getTileMatrixSetsList', 'getTileMatrixSet']));
    const { paths } = writeMapDescription('t', 'https://mirror.example') as { readonly paths: object };
    expect(Object.keys(paths)).toContain('/collections/{collectionId}/styles/{styleId}/map/tiles/{tileMatrixSetId}');
  });

  it('claims no encoding but those there are', () => {
    const tiles = MAP_CONFORMANCE.filter((uri) => uri.includes('ogcapi-tiles-1'));
    expect(tiles.filter((uri) => /\/(mvt|geojson|tiff|netcdf|xml)$/.test(uri))).toEqual([]);
  });

  it('addresses maps by what they are of', () => {
    expect(mapHref(ROOT, {})).toBe(`${ROOT}/map`);
    expect(mapHref(ROOT, { collection: 'a b', item: 'x/y', style: 's' })).toBe(
      `${ROOT}/collections/a%20b/items/x%2Fy/styles/s/map`,
    );
  });
});

describe('tile matrix sets as JSON (OGC 17-083r4 §7.1.1)', () => {
  it('have points in the order of their axes', () => {
    expect(writeTileMatrixSet(TILE_MATRIX_SETS.get('EuropeanETRS89_LAEAQuad')!)).toMatchObject({
      orderedAxes: ['Y', 'X'],
      boundingBox: { lowerLeft: [1_000_000, 2_000_000], upperRight: [5_500_000, 6_500_000] },
      tileMatrices: expect.arrayContaining([
        expect.objectContaining({ id: '0', pointOfOrigin: [5_500_000, 2_000_000] }),
      ]),
    });
  });

  it('are listed, with a link to each', () => {
    const { tileMatrixSets } = writeTileMatrixSets([WEB_MERCATOR_QUAD], ROOT) as {
      readonly tileMatrixSets: readonly object[];
    };
    expect(tileMatrixSets[0]).toMatchObject({
      id: 'WebMercatorQuad',
      links: [{ rel: 'self', href: `${ROOT}/tileMatrixSets/WebMercatorQuad` }],
    });
  });
});

describe('OGC API Maps (OGC 20-058)', () => {
  it('§ bbox in the axis order of bbox-crs, heights left out', () => {
    const { box, crs } = parseMapFrame(parseKvp('bbox=47,10,49,12&bbox-crs=[EPSG:4326]'));
    expect([box?.bbox, box?.crs.code, crs.code]).toEqual([[10, 47, 12, 49], 'EPSG:4326', 'CRS:84']);
    expect(parseMapFrame(parseKvp('bbox=10,47,0,12,49,9')).box?.bbox).toEqual([10, 47, 12, 49]);
    expect(writeContentBbox([10, 47, 12, 49], { code: 'EPSG:4326', northFirst: true })).toBe('47,10,49,12');
  });

  it.each([
    ['bbox=1,2,3', 'bbox'],
    ['bbox=12,47,10,49', 'bbox'],
    ['bbox=a,b,c,d', 'bbox'],
    ['bbox=,,,', 'bbox'],
    ['bbox=1,2,Infinity,4', 'bbox'],
    ['crs=EPSG:1', 'crs'],
    ['bbox-crs=%00', 'bbox-crs'],
    ['width=0', 'width'],
    ['height=4097', 'height'],
    ['width=1e3', 'width'],
    ['transparent=perhaps', 'transparent'],
    ['bgcolor=red', 'bgcolor'],
  ])('refuses %s by %s', (query, name) => {
    expect(subject(() => parseMapFrame(parseKvp(query)))).toBe(name);
  });

  it('has square pixels where one side or none is said, within the largest map', () => {
    expect(sizeOf(parseMapFrame(parseKvp('width=200')), [0, 0, 4, 2])).toEqual([200, 100]);
    expect(sizeOf(parseMapFrame(parseKvp('')), [0, 0, 2, 4])).toEqual([512, 1024]);
    const sides = fc.double({ min: 1e-9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(sides, sides, (width, height) => {
        for (const side of sizeOf(parseMapFrame(parseKvp('width=4096')), [0, 0, width, height])) {
          expect(side).toBeGreaterThanOrEqual(1);
          expect(side).toBeLessThanOrEqual(4096);
        }
      }),
    );
  });
});
