import type { Product } from '#domain/product/product.js';

/** One way to use the mirror: what for, what to know, what to paste. */
export interface UsageExample {
  readonly title: string;
  readonly text: string;
  readonly command: string;
}

/** What to paste where, with this mirror's address and, where there is one, a product it holds. */
export function usageExamples(origin: string, newest: readonly Product[]): readonly UsageExample[] {
  const collection = newest[0]?.collection ?? 'sentinel-2-l2a';
  const product = newest.find(({ content, online }) => content !== undefined && online === 'online');
  return [
    ...waysToSee(origin, collection),
    ...waysToSearch(origin, collection),
    {
      title: 'Download',
      text: 'Resumes where it stopped; run it again after a cut.',
      command: downloadOf(origin, product),
    },
    {
      title: 'Add products',
      text: 'For operators: a SAFE or SEN3 folder or zip, a NetCDF file, or a STAC item.',
      command: 'npx frombork ingest <path|url>',
    },
  ];
}

function waysToSee(origin: string, collection: string): readonly UsageExample[] {
  return [
    {
      title: 'Maps in QGIS',
      text: 'Layer › Add Layer › Add WMS/WMTS Layer › New, and paste this URL. The layers have a time dimension.',
      command: `${origin}/wms`,
    },
    {
      title: 'Maps in GDAL',
      text: 'Lists the layers; every subdataset can be read like a file.',
      command: `gdalinfo "WMS:${origin}/wms?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetCapabilities"`,
    },
    {
      title: 'Tiles in QGIS, Leaflet, OpenLayers',
      text: 'XYZ of one collection; WMTS of all at /wmts, with the time dimension.',
      command: `${origin}/tiles/${encodeURIComponent(collection)}/default/{z}/{x}/{y}.png`,
    },
    {
      title: 'Coverages by WCS',
      text: 'Samples of a product, cut, scaled and warped as asked: QGIS, GDAL, OWSLib.',
      command: `${origin}/wcs`,
    },
  ];
}

function waysToSearch(origin: string, collection: string): readonly UsageExample[] {
  return [
    {
      title: 'Search with Python',
      text: 'STAC API by pystac-client (pip install pystac-client).',
      command: stacSearch(origin, collection),
    },
    {
      title: 'Search the catalogue in QGIS',
      text: 'Web › MetaSearch › Services › New, and paste this URL; CSW 2.0.2 and 3.0 for every other client too.',
      command: `${origin}/csw`,
    },
    {
      title: 'Search by OpenSearch',
      text: 'Description document; the Atom search that download scripts use.',
      command: `curl "${origin}/opensearch"`,
    },
    {
      title: 'Scripts for the hubs of before',
      text: 'DHuS search and OData v1 at /dhus, OData v4 at /odata/v1, resto at /resto: the same products, in the same order.',
      command: `curl -g "${origin}/dhus/search?q=platformname:Sentinel-2&rows=10"`,
    },
  ];
}

function stacSearch(origin: string, collection: string): string {
  return [
    'from pystac_client import Client',
    `catalog = Client.open("${origin}/stac")`,
    `search = catalog.search(collections=["${collection}"], max_items=10)`,
    'for item in search.items():',
    '    print(item.id, item.datetime)',
  ].join('\n');
}

function downloadOf(origin: string, product: Product | undefined): string {
  if (!product?.content) return `wget -c "${origin}/download/<product>.SAFE.zip"`;
  const segments = [product.collection, product.id, product.content.fileName].map(encodeURIComponent);
  return `curl -C - -O "${origin}/dl/${segments.join('/')}"`;
}
