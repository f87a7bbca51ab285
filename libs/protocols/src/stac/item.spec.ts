import { describe, expect, it } from '@jest/globals';
import { SENTINEL_1, SENTINEL_2 } from '#test/support/sample-products.js';
import { writeItem } from './item.js';

const ADDRESS = 'https://mirror.example';
const extension = (name: string) => `https://stac-extensions.github.io/${name}/schema.json`;

describe('a product as STAC Item 1.1.0', () => {
  const item = writeItem(SENTINEL_2, ADDRESS);

  it('has its properties under their STAC names', () => {
    expect(item.properties).toEqual({
      datetime: '2022-01-25T15:17:01.024Z',
      start_datetime: '2022-01-25T15:17:01.024Z',
      end_datetime: '2022-01-25T15:17:01.024Z',
      platform: 'sentinel-2a',
      constellation: 'sentinel-2',
      instruments: ['msi'],
      gsd: 10,
      'product:type': 'S2MSI1C',
      'processing:level': 'L1C',
      'processing:version': '04.00',
      'processing:datetime': '2022-01-25T19:00:36.000Z',
      'eo:cloud_cover': 23.5,
      'view:sun_elevation': 61.2,
      'view:sun_azimuth': 118.4,
      'sat:orbit_state': 'descending',
      'sat:absolute_orbit': 34445,
      'sat:relative_orbit': 125,
      'eopf:instrument_mode': 'INS-NOBS',
      'proj:code': 'EPSG:32718',
      'grid:code': 'MGRS-18LTM',
      'mgrs:utm_zone': 18,
      'mgrs:latitude_band': 'L',
      'mgrs:grid_square': 'TM',
      's2:mgrs_tile': '18LTM',
      'eopf:datatake_id': 'GS2A_20220125T151701_034445_N04.00',
      'eopf:origin_datetime': '2022-01-25T21:00:00Z',
      published: '2022-01-25T20:00:00.000Z',
      updated: '2024-05-01T12:00:00.000Z',
      version: '04.00/20220125T190036',
      deprecated: true,
      'order:status': 'succeeded',
    });
  });

  it('offers the deliverable by its own name, with size and multihash (File extension 2.1.0)', () => {
    const folder = `${ADDRESS}/dl/sentinel-2-l1c/${SENTINEL_2.id}`;
    expect(item.assets['product']).toEqual({
      href: `${folder}/${SENTINEL_2.id}.SAFE.zip`,
      title: `${SENTINEL_2.id}.SAFE.zip`,
      type: 'application/zip',
      roles: ['data', 'archive'],
      'file:size': 768_614_400,
      'file:checksum': '1220d7a8fbb307d7809469ca9abcb0082e4f8d5651e46d3cdb762d02d0bf37c9e592',
      alternate: {
        download: {
          href: `${ADDRESS}/download/${SENTINEL_2.id}.SAFE.zip`,
          'alternate:name': 'By file name',
          title: 'The same by its file name alone',
        },
      },
    });
    expect(item.assets['B01']?.href).toBe(`${folder}/asset/B01`);
    expect(item.assets['quicklook']?.href).toBe(`${folder}/asset/quicklook`);
  });

  it('says the grid of the browse image also as GDAL before 3.10 needs it', () => {
    expect(item.assets['browse']).toMatchObject({
      'proj:code': 'EPSG:32718',
      'proj:epsg': 32718,
      'proj:shape': [1098, 1098],
    });
  });

  it('declares the extensions it uses and no others', () => {
    expect(item.stac_extensions).toEqual([
      'https://cs-si.github.io/eopf-stac-extension/v1.2.0/schema.json',
      extension('alternate-assets/v1.2.0'),
      extension('eo/v2.0.0'),
      extension('file/v2.1.0'),
      extension('grid/v1.1.0'),
      extension('mgrs/v1.0.0'),
      extension('order/v1.1.0'),
      extension('processing/v1.2.0'),
      extension('product/v1.0.0'),
      extension('projection/v1.2.0'),
      extension('sat/v1.1.0'),
      extension('sentinel-2/v1.0.0'),
      extension('timestamps/v1.1.0'),
      extension('version/v1.2.0'),
      extension('view/v1.1.0'),
      extension('web-map-links/v1.2.0'),
    ]);
  });

  it('links to where it belongs, to the newer processing and to its map layer', () => {
    expect(item.links.map(({ rel, href }) => [rel, href.replace(ADDRESS, '')])).toEqual([
      ['self', `/stac/collections/sentinel-2-l1c/items/${SENTINEL_2.id}`],
      ['root', '/stac'],
      ['parent', '/stac/collections/sentinel-2-l1c'],
      ['collection', '/stac/collections/sentinel-2-l1c'],
      ['successor-version', `/stac/collections/sentinel-2-l1c/items/${SENTINEL_2.successor}`],
      ['wms', '/wms'],
      ['wmts', '/wmts'],
      ['xyz', `/tiles/sentinel-2-l1c/items/${SENTINEL_2.id}/default/{z}/{x}/{y}.png`],
      ['tilejson', `/tiles/sentinel-2-l1c/items/${SENTINEL_2.id}/default/tilejson.json`],
      [
        'http://www.opengis.net/def/rel/ogc/1.0/tilesets-map',
        `/ogc/api/collections/sentinel-2-l1c/items/${SENTINEL_2.id}/map/tiles`,
      ],
      [
        'describedby',
        '/csw?service=CSW&version=3.0.0&request=GetRecordById&elementSetName=full' +
          `&outputSchema=http%3A%2F%2Fwww.isotc211.org%2F2005%2Fgmd&id=${SENTINEL_2.id}`,
      ],
      ['describedby', `/opensearch/request?httpAccept=application%2Fgml%2Bxml&uid=${SENTINEL_2.id}`],
      ['enclosure', `/download/${SENTINEL_2.id}.SAFE.zip`],
    ]);
  });

  it('names itself as the latest where it is the newest of several processings', () => {
    const { successor: _, ...newest } = { ...SENTINEL_2, predecessor: 'older' };
    const links = writeItem(newest, ADDRESS).links.filter(({ rel }) => rel.endsWith('-version'));
    expect(links.map(({ rel, href }) => [rel, href.split('/').at(-1)])).toEqual([
      ['predecessor-version', 'older'],
      ['latest-version', SENTINEL_2.id],
    ]);
  });

  it('has a box with west > east across the antimeridian (RFC 7946 §5.2), availability and timeliness', () => {
    const radar = writeItem(SENTINEL_1, ADDRESS);
    expect(radar.bbox).toEqual([178, -17, -179, -15]);
    expect(radar.properties).toMatchObject({
      'order:status': 'orderable',
      'product:timeliness': 'PT24H',
      'product:timeliness_category': 'Fast-24h',
      'sar:polarizations': ['VV', 'VH'],
      'sar:instrument_mode': 'IW',
    });
    expect(radar.assets).toEqual({});
  });

  it('leaves out the Product extension where a timeliness has no known duration', () => {
    const odd = writeItem({ ...SENTINEL_1, properties: { timeliness: 'whenever', productType: 'X' } }, ADDRESS);
    expect(odd.stac_extensions).not.toContain(extension('product/v1.0.0'));
    expect(odd.properties).toMatchObject({ 'product:timeliness_category': 'whenever', 'product:type': 'X' });
  });

  it('declares the version of an extension that still has a deprecated field', () => {
    expect(writeItem({ ...SENTINEL_2, assets: {} }, ADDRESS).stac_extensions).toContain(extension('projection/v2.0.0'));
    const old = writeItem({ ...SENTINEL_2, assets: {}, extra: { 'proj:epsg': 32718 } }, ADDRESS);
    expect(old.stac_extensions).toContain(extension('projection/v1.2.0'));
    expect(old.stac_extensions).not.toContain(extension('projection/v2.0.0'));
  });

  it('escapes ids in addresses and has no box without a footprint', () => {
    const odd = writeItem({ ...SENTINEL_2, id: 'a/b?c', geometry: null }, ADDRESS);
    expect(odd.links[0]?.href).toBe(`${ADDRESS}/stac/collections/sentinel-2-l1c/items/a%2Fb%3Fc`);
    expect(odd).not.toHaveProperty('bbox');
  });
});
