import type { Product } from '#domain/product/product.js';

/** One way to use the mirror: what for, what to know, what to paste. */
export interface UsageExample {
  readonly title: string;
  readonly text: string;
  readonly command: string;
}

/** What to paste where, with this mirror's address and, where there is one, a product it holds. */
export function usageExamples(origin: string, newest: readonly Product[]): readonly UsageExample[] {
  const product = newest.find(({ content, online }) => content !== undefined && online === 'online');
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
      title: 'Search with Python',
      text: 'STAC API by pystac-client (pip install pystac-client).',
      command: stacSearch(origin, newest[0]?.collection ?? 'sentinel-2-l1c'),
    },
    {
      title: 'Search by OpenSearch',
      text: 'Description document; the Atom search that download scripts use.',
      command: `curl "${origin}/opensearch"`,
    },
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
