import { extensionUri } from '#protocols/stac/schemas/extension-schema.js';

type Members = Readonly<Record<string, unknown>>;

/** What differs from a plain document: members as they are, `null` to leave one out; properties, the asset and the link `a` beside what is there. */
export interface Difference {
  readonly members?: Members;
  readonly properties?: Members;
  readonly asset?: Members;
  readonly link?: Members;
  /** As name and version, e.g. `eo 2.0.0`. */
  readonly extensions?: readonly string[];
}

/** An Item that is right but for a difference. */
export function itemWith({ members = {}, properties = {}, asset = {}, link, extensions = [] }: Difference): object {
  const collection = 'https://mirror.example/stac/collections/c';
  return without({
    type: 'Feature',
    stac_version: '1.1.0',
    stac_extensions: extensions.map(addressOf),
    id: 'one',
    collection: 'c',
    geometry: { type: 'Point', coordinates: [11, 48] },
    bbox: [11, 48, 11, 48],
    properties: without({ datetime: '2024-05-10T10:10:10Z', ...properties }),
    links: [{ rel: 'collection', href: collection }, ...(link === undefined ? [] : [{ rel: 'a', href: 'b', ...link }])],
    assets: { a: { href: 'https://data.example/a.tif', ...asset } },
    ...members,
  });
}

/** A Collection that is right but for a difference. */
export function collectionWith({ members = {}, asset, extensions = [] }: Difference): object {
  return without({
    type: 'Collection',
    stac_version: '1.1.0',
    stac_extensions: extensions.map(addressOf),
    id: 'c',
    description: 'Ours.',
    license: 'CC-BY-4.0',
    extent: { spatial: { bbox: [[5, 47, 15, 55]] }, temporal: { interval: [['2024-05-01T00:00:00Z', null]] } },
    links: [],
    ...(asset === undefined ? {} : { assets: { a: { href: 'https://data.example/a.tif', ...asset } } }),
    ...members,
  });
}

function addressOf(extension: string): string {
  const [name = '', version = ''] = extension.split(' ');
  return extensionUri(name, version);
}

function without(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== LEFT_OUT));
}

/** Stands for a member that is not there. */
export const LEFT_OUT = Symbol('left out');

const bands = (band: object) => ({ bands: [{ name: 'B01' }, { name: 'B02', ...band }] });
const scheme = (more: object) => ({
  'storage:schemes': { main: { type: 'custom-s3', platform: 'https://s3.example', ...more } },
});

/** Differences that leave an Item right. */
export const RIGHT_ITEMS: Readonly<Record<string, Difference>> = {
  plain: {},
  'no geometry': { members: { geometry: null, bbox: LEFT_OUT } },
  'a box with heights': { members: { bbox: [11, 48, 0, 11, 48, 9] } },
  'an interval': {
    properties: { datetime: null, start_datetime: '2024-05-10T10:10:10Z', end_datetime: '2024-05-11T10:10:10.5+00:00' },
  },
  'common metadata': {
    properties: { gsd: 10, instruments: ['msi'], license: 'other', providers: [{ name: 'ESA', roles: ['host'] }] },
  },
  'bands of an asset': { asset: bands({ gsd: 10, nodata: 'nan', data_type: 'uint16', statistics: { mean: 4 } }) },
  'an extension nobody knows': {
    members: { stac_extensions: ['https://example.org/x/v1.0.0/schema.json'] },
    properties: { 'x:y': [1] },
  },
  'eo 1.1.0': {
    extensions: ['eo 1.1.0'],
    properties: { 'eo:cloud_cover': 0 },
    asset: { 'eo:bands': [{ common_name: 'red' }] },
  },
  'eo 2.0.0': {
    extensions: ['eo 2.0.0'],
    properties: { 'eo:cloud_cover': 100 },
    asset: bands({ 'eo:common_name': 'rededge071' }),
  },
  'sat 1.1.0': { extensions: ['sat 1.1.0'], properties: { 'sat:orbit_state': 'ascending', 'sat:absolute_orbit': 1 } },
  'sat 1.2.0': {
    extensions: ['sat 1.2.0'],
    properties: {
      'sat:acquisition_station': 'Svalbard',
      'sat:orbit_state_vectors': { '2024-05-10T10:10:10Z': [1, 2, 3, 4, 5, 6] },
    },
  },
  'sar 1.3.0': {
    extensions: ['sar 1.3.0'],
    properties: { 'sar:instrument_mode': 'IW', 'sar:polarizations': ['VV', 'VH'], 'sar:beam_ids': ['IW1'] },
  },
  'projection 1.1.0': {
    extensions: ['projection 1.1.0'],
    properties: { 'proj:epsg': 32632 },
    asset: { 'proj:shape': [10, 10] },
  },
  'projection 1.2.0': { extensions: ['projection 1.2.0'], asset: { 'proj:epsg': null, 'proj:code': 'EPSG:32632' } },
  'projection 2.0.0': {
    extensions: ['projection 2.0.0'],
    asset: {
      'proj:code': 'EPSG:32632',
      'proj:transform': [1, 0, 0, 0, 1, 0, 0, 0, 1],
      'proj:centroid': { lat: 1, lon: 2 },
    },
  },
  'grid 1.1.0': { extensions: ['grid 1.1.0'], properties: { 'grid:code': 'MGRS-32UPC' } },
  'mgrs 1.0.0': {
    extensions: ['mgrs 1.0.0'],
    properties: { 'mgrs:utm_zone': 32, 'mgrs:latitude_band': 'U', 'mgrs:grid_square': 'PC' },
  },
  'view 1.1.0': {
    extensions: ['view 1.1.0'],
    properties: { 'view:sun_elevation': -90, 'view:off_nadir': 90, 'view:moon_azimuth': 0 },
  },
  'raster 1.1.0': {
    extensions: ['raster 1.1.0'],
    asset: { 'raster:bands': [{ scale: 0.1, histogram: { count: 3, min: 0, max: 3, buckets: [1, 1, 1] } }] },
  },
  'raster 2.0.0': {
    extensions: ['raster 2.0.0'],
    asset: { 'raster:scale': 0.1, ...bands({ 'raster:sampling': 'area' }) },
  },
  'file 2.1.0': {
    extensions: ['file 2.1.0'],
    asset: { 'file:size': 0, 'file:checksum': '1220ab', 'file:local_path': 'a/b.tif' },
    link: { 'file:size': 5 },
  },
  'storage 1.0.0': {
    extensions: ['storage 1.0.0'],
    asset: { 'storage:platform': 'AWS', 'storage:requester_pays': true },
  },
  'storage 2.0.0': {
    extensions: ['storage 2.0.0'],
    properties: scheme({ bucket: 'b', region: 'eu' }),
    asset: { 'storage:refs': ['main'] },
  },
  'processing 1.2.0': {
    extensions: ['processing 1.2.0'],
    properties: { 'processing:datetime': '2024-05-10T10:10:10Z', 'processing:software': { IPF: '1' } },
  },
  'order 1.1.0': {
    extensions: ['order 1.1.0'],
    properties: { 'order:status': 'orderable', 'order:date': '2024-05-10T10:10:10Z' },
  },
  'timestamps 1.1.0': { extensions: ['timestamps 1.1.0'], properties: { published: '2024-05-10T10:10:10Z' } },
  'version 1.2.0': { extensions: ['version 1.2.0'], properties: { version: '1', deprecated: false } },
  'alternate-assets 1.2.0': {
    extensions: ['alternate-assets 1.2.0'],
    asset: { 'alternate:name': 'web', alternate: { s3: { href: 's3://b/k', 'alternate:name': 'S3' } } },
  },
  'product 1.0.0': {
    extensions: ['product 1.0.0'],
    properties: { 'product:type': 'S2MSI1C', 'product:timeliness': 'PT3H', 'product:timeliness_category': 'NRT' },
  },
  'sentinel-2 1.0.0': {
    extensions: ['sentinel-2 1.0.0'],
    properties: { 's2:mgrs_tile': '32UPC', 's2:water_percentage': 3, 's2:tile_id': 'x' },
  },
  'web-map-links 1.2.0': {
    extensions: ['web-map-links 1.2.0'],
    link: { rel: 'wms', 'wms:layers': ['a'], 'wms:transparent': true },
  },
};

/** Differences that make an Item wrong, and where (JSON Pointer). */
export const FAULTY_ITEMS: Readonly<Record<string, readonly [Difference, string]>> = {
  'no box': [{ members: { bbox: LEFT_OUT } }, '/bbox'],
  'a box of three numbers': [{ members: { bbox: [1, 2, 3] } }, '/bbox'],
  'a box without a geometry': [{ members: { geometry: null } }, '/bbox'],
  'no type': [{ members: { type: LEFT_OUT } }, '/type'],
  'no assets': [{ members: { assets: LEFT_OUT } }, '/assets'],
  'an asset without address': [{ members: { assets: { a: {} } } }, '/assets/a/href'],
  'an address with white space': [{ asset: { href: 'a b' } }, '/assets/a/href'],
  'an extension that is a number': [{ members: { stac_extensions: [5] } }, '/stac_extensions/0'],
  'an id that is a number': [{ members: { id: 5 } }, '/id'],
  'no datetime': [{ properties: { datetime: LEFT_OUT } }, '/properties/datetime'],
  'an hour of Rome': [{ properties: { datetime: '2024-05-10T12:10:10+02:00' } }, '/properties/datetime'],
  'a 30th of February': [{ properties: { datetime: '2024-02-30T12:10:10Z' } }, '/properties/datetime'],
  'an end without begin': [{ properties: { end_datetime: '2024-05-10T12:10:10Z' } }, '/properties/start_datetime'],
  'no time at all': [{ properties: { datetime: null } }, '/properties/start_datetime'],
  'roles that are a text': [{ asset: { roles: 'data' } }, '/assets/a/roles'],
  'a resolution of nothing': [{ properties: { gsd: 0 } }, '/properties/gsd'],
  'a role nobody has': [
    { properties: { providers: [{ name: 'a', roles: ['poet'] }] } },
    '/properties/providers/0/roles/0',
  ],
  'a licence in words': [{ properties: { license: 'as you like' } }, '/properties/license'],
  'a data type nobody has': [{ asset: bands({ data_type: 'uint7' }) }, '/assets/a/bands/1/data_type'],
  'a link without relation': [{ link: { rel: LEFT_OUT } }, '/links/1/rel'],
  'a method in lower case': [{ link: { method: 'get' } }, '/links/1/method'],
  'more than all cloudy': [
    { extensions: ['eo 2.0.0'], properties: { 'eo:cloud_cover': 101 } },
    '/properties/eo:cloud_cover',
  ],
  'clouds in words': [
    { extensions: ['eo 1.1.0'], properties: { 'eo:cloud_cover': 'much' } },
    '/properties/eo:cloud_cover',
  ],
  'bands of eo 1 in 2': [
    { extensions: ['eo 2.0.0'], properties: { 'eo:cloud_cover': 1 }, asset: { 'eo:bands': [{ name: 'a' }] } },
    '/assets/a/eo:bands',
  ],
  'a colour nobody sees': [
    { extensions: ['eo 2.0.0'], asset: bands({ 'eo:common_name': 'octarine' }) },
    '/assets/a/bands/1/eo:common_name',
  ],
  'an orbit of nothing': [
    { extensions: ['sat 1.1.0'], properties: { 'sat:absolute_orbit': 0 } },
    '/properties/sat:absolute_orbit',
  ],
  'a sideways orbit': [
    { extensions: ['sat 1.1.0'], properties: { 'sat:orbit_state': 'sideways' } },
    '/properties/sat:orbit_state',
  ],
  'a polarization nobody has': [
    { extensions: ['sar 1.3.0'], properties: { 'sar:polarizations': ['VV', 'XX'] } },
    '/properties/sar:polarizations/1',
  ],
  'numbers of systems in projection 2': [
    { extensions: ['projection 2.0.0'], asset: { 'proj:epsg': 4326 } },
    '/assets/a/proj:epsg',
  ],
  'a transform of seven': [
    { extensions: ['projection 2.0.0'], asset: { 'proj:transform': [1, 2, 3, 4, 5, 6, 7] } },
    '/assets/a/proj:transform',
  ],
  'a cell without grid': [
    { extensions: ['grid 1.1.0'], properties: { 'grid:code': '32UPC' } },
    '/properties/grid:code',
  ],
  'a zone without square': [
    { extensions: ['mgrs 1.0.0'], properties: { 'mgrs:utm_zone': 32, 'mgrs:latitude_band': 'U' } },
    '/properties/mgrs:grid_square',
  ],
  'a sun above the zenith': [
    { extensions: ['view 1.1.0'], properties: { 'view:sun_elevation': 91 } },
    '/properties/view:sun_elevation',
  ],
  'two buckets': [
    { extensions: ['raster 2.0.0'], asset: { 'raster:histogram': { count: 2, min: 0, max: 1, buckets: [1, 2] } } },
    '/assets/a/raster:histogram/buckets',
  ],
  'a sampling nobody does': [
    { extensions: ['raster 1.1.0'], asset: { 'raster:bands': [{ sampling: 'line' }] } },
    '/assets/a/raster:bands/0/sampling',
  ],
  'a checksum in capitals': [
    { extensions: ['file 2.1.0'], asset: { 'file:checksum': '1220AB' } },
    '/assets/a/file:checksum',
  ],
  'less than no bytes': [{ extensions: ['file 2.1.0'], link: { 'file:size': -1 } }, '/links/1/file:size'],
  'a storage without platform': [
    { extensions: ['storage 2.0.0'], properties: { 'storage:schemes': { main: { type: 'x' } } } },
    '/properties/storage:schemes/main/platform',
  ],
  'a region of Amazon in capitals': [
    {
      extensions: ['storage 2.0.0'],
      properties: {
        'storage:schemes': {
          m: { type: 'aws-s3', platform: 'https://{bucket}.s3.{region}.amazonaws.com', region: 'EU' },
        },
      },
    },
    '/properties/storage:schemes/m/region',
  ],
  'a level that is a number': [
    { extensions: ['processing 1.2.0'], properties: { 'processing:level': 2 } },
    '/properties/processing:level',
  ],
  'an order that is a number': [
    { extensions: ['order 1.1.0'], properties: { 'order:status': 5 } },
    '/properties/order:status',
  ],
  'an order without status': [
    { extensions: ['order 1.1.0'], properties: { 'order:id': 'x' } },
    '/properties/order:status',
  ],
  'a date of publication alone': [
    { extensions: ['timestamps 1.1.0'], properties: { published: '2024-05-10' } },
    '/properties/published',
  ],
  'a version that is a number': [{ extensions: ['version 1.2.0'], properties: { version: 1 } }, '/properties/version'],
  'a timeliness without duration': [
    { extensions: ['product 1.0.0'], properties: { 'product:timeliness_category': 'NRT' } },
    '/properties/product:timeliness',
  ],
  'a duration in words': [
    { extensions: ['product 1.0.0'], properties: { 'product:timeliness': 'soon' } },
    '/properties/product:timeliness',
  ],
  'a tile without square': [
    { extensions: ['sentinel-2 1.0.0'], properties: { 's2:tile_id': 'x', 's2:mgrs_tile': '32U' } },
    '/properties/s2:mgrs_tile',
  ],
  'a map without layers': [
    { extensions: ['web-map-links 1.2.0'], link: { rel: 'wms', 'wms:layers': [] } },
    '/links/1/wms:layers',
  ],
};

/** The same of Collections. */
export const RIGHT_COLLECTIONS: Readonly<Record<string, Difference>> = {
  plain: {},
  summaries: {
    members: { summaries: { gsd: [10], 'eo:cloud_cover': { minimum: 0, maximum: 9 }, platform: { type: 'string' } } },
  },
  'item assets': { members: { item_assets: { a: { type: 'image/tiff', roles: ['data'] } } } },
  'boxes of parts': {
    members: {
      extent: {
        spatial: {
          bbox: [
            [0, 0, 9, 9],
            [0, 0, 1, 1],
            [8, 8, 9, 9],
          ],
        },
        temporal: { interval: [[null, null]] },
      },
    },
  },
  'eo 2.0.0': { extensions: ['eo 2.0.0'], members: { summaries: { 'eo:cloud_cover': [5] } } },
  'version 1.2.0': { extensions: ['version 1.2.0'], members: { version: '3' } },
  'file 2.1.0': { extensions: ['file 2.1.0'], asset: { 'file:size': 5 } },
};

export const FAULTY_COLLECTIONS: Readonly<Record<string, readonly [Difference, string]>> = {
  'no description': [{ members: { description: LEFT_OUT } }, '/description'],
  'an empty summary': [{ members: { summaries: { gsd: [] } } }, '/summaries/gsd'],
  'an address of item assets': [{ members: { item_assets: { a: { href: 'x', type: 'y' } } } }, '/item_assets/a/href'],
  'two boxes': [
    {
      members: {
        extent: {
          spatial: {
            bbox: [
              [0, 0, 9, 9],
              [0, 0, 1, 1],
            ],
          },
          temporal: { interval: [[null, null]] },
        },
      },
    },
    '/extent/spatial/bbox',
  ],
  'half an interval': [
    { members: { extent: { spatial: { bbox: [[0, 0, 9, 9]] }, temporal: { interval: [[null]] } } } },
    '/extent/temporal/interval/0',
  ],
  'clouds in words': [
    { extensions: ['eo 2.0.0'], members: { summaries: { 'eo:cloud_cover': ['much'] } } },
    '/summaries/eo:cloud_cover/0',
  ],
  'a version that is a number': [{ extensions: ['version 1.2.0'], members: { version: 3 } }, '/version'],
  'less than no bytes': [{ extensions: ['file 2.1.0'], asset: { 'file:size': -1 } }, '/assets/a/file:size'],
};
