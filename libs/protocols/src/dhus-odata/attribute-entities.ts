import { QUERYABLES } from '#domain/catalog/queryables.js';
import type { Product } from '#domain/product/product.js';
import { writeByteSize } from '../dhus/byte-size.js';
import { dhusSpelling } from '../dhus/dhus-spelling.js';
import { writeGmlFootprint } from '../dhus/gml-footprint.js';
import { ingestedAt, productFileName } from '../dhus/product-record.js';
import { writeWkt } from '../wkt/write-wkt.js';
import { pathKey, type ODataEntity } from './odata-value.js';

type Row = readonly [name: string, category: string, value: string | undefined];

/** The attributes of a product by the names people read in DHuS: those of the summary, the footprint in two forms, and what the vocabulary knows. */
export function attributeEntities(product: Product, ownerPath: string): readonly ODataEntity[] {
  const rows: readonly Row[] = [...summaryRows(product), ...footprintRows(product), ...vocabularyRows(product)];
  const found = new Map<string, ODataEntity>();
  for (const [name, category, value] of rows) {
    if (value !== undefined && !found.has(name))
      found.set(name, attribute(product, ownerPath, { name, category, value }));
  }
  return [...found.values()].toSorted((a, b) => (a.title < b.title ? -1 : 1));
}

function attribute(
  product: Product,
  ownerPath: string,
  { name, category, value }: { readonly name: string; readonly category: string; readonly value: string },
): ODataEntity {
  return {
    type: 'Attribute',
    path: `${ownerPath}/Attributes${pathKey(name)}`,
    title: name,
    updated: product.updated ?? ingestedAt(product),
    properties: [
      { name: 'Id', value: name },
      { name: 'Name', value: name },
      { name: 'ContentType', value: 'text/plain' },
      { name: 'ContentLength', value: new TextEncoder().encode(value).length },
      { name: 'Value', value },
      { name: 'Category', value: category },
    ],
    links: [],
  };
}

function summaryRows(product: Product): readonly Row[] {
  return [
    ['Date', 'summary', product.acquiredFrom.toISOString()],
    ['Filename', 'summary', productFileName(product)],
    ['Identifier', 'summary', product.id],
    ['Instrument', 'summary', dhusSpelling(product, 'instrument')],
    ['Mode', 'summary', dhusSpelling(product, 'polarisations') ?? dhusSpelling(product, 'instrumentMode')],
    ['Satellite', 'summary', dhusSpelling(product, 'constellation')],
    ['Size', 'summary', writeByteSize(product.content?.size ?? 0)],
    ['Format', 'product', /\.nc$/i.test(productFileName(product)) ? 'NetCDF' : 'SAFE'],
    ['Ingestion Date', 'product', ingestedAt(product).toISOString()],
    ['Sensing start', 'product', product.acquiredFrom.toISOString()],
    ['Sensing stop', 'product', product.acquiredTo.toISOString()],
    ['Creation Date', 'product', dhusSpelling(product, 'processed')],
  ];
}

/** The synchroniser of another DHuS takes the footprint from the second. */
function footprintRows({ geometry }: Product): readonly Row[] {
  return [
    ['Footprint', 'product', writeGmlFootprint(geometry)],
    ['JTS footprint', 'product', geometry === null ? undefined : writeWkt(geometry)],
  ];
}

const PLATFORM = new Set(['constellation', 'platform']);

function vocabularyRows(product: Product): readonly Row[] {
  return QUERYABLES.flatMap(({ name, names }): readonly Row[] => {
    if (names.dhusAttribute === undefined) return [];
    const value = dhusSpelling(product, name);
    return [[names.dhusAttribute, PLATFORM.has(name) ? 'platform' : 'product', value]];
  });
}
