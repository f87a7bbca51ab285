import { propertyText, type ProductEntry } from '../opensearch/product-entry.js';
import { restoCollectionName, restoPlatform } from './resto-collections.js';

/** A keyword of a feature, with the search for its like. */
export interface RestoKeyword {
  readonly id: string;
  readonly name: string;
  readonly normalized: string;
  readonly type: string;
  readonly href: string;
}

type Row = readonly [type: string, name: string | undefined, parameters: Readonly<Record<string, string>>];

/** The keywords of a product: what it is, and when it was seen. An array, as resto 2.3 has it. */
export function restoKeywords(entry: ProductEntry): readonly RestoKeyword[] {
  const rows: readonly Row[] = [
    ['collection', restoCollectionName(entry.collection), {}],
    ...described(entry),
    ...seen(entry),
  ];
  return rows.flatMap(([type, name, parameters]) => {
    if (name === undefined) return [];
    const normalized = name.toLowerCase();
    return [{ id: `${type}:${normalized}`, name, normalized, type, href: hrefOf(entry, parameters) }];
  });
}

function described({ product }: ProductEntry): readonly Row[] {
  const value = (name: string): string | undefined => propertyText(product, name);
  const pairs: readonly (readonly [type: string, name: string | undefined])[] = [
    ['productType', value('productType')],
    ['processingLevel', value('processingLevel')],
    ['platform', restoPlatform(value('platform'))],
    ['instrument', value('instrument')?.toUpperCase()],
    ['sensorMode', value('instrumentMode')],
    ['orbitDirection', value('orbitDirection')],
    ['tileId', value('tile')],
  ];
  return pairs.map(([type, name]) => [type, name, name === undefined ? {} : { [type]: name }]);
}

function seen({ product }: ProductEntry): readonly Row[] {
  const day = product.acquiredFrom.toISOString().slice(0, 10);
  const [year = '', month = ''] = day.split('-');
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const within = (startDate: string, completionDate: string) => ({ startDate, completionDate });
  return [
    ['year', year, within(`${year}-01-01`, `${year}-12-31`)],
    ['month', `${year}-${month}`, within(`${year}-${month}-01`, `${year}-${month}-${last}`)],
    ['day', day, within(day, day)],
  ];
}

function hrefOf({ collection, mirror }: ProductEntry, parameters: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(parameters).toString();
  const path = `${mirror.address}/resto/api/collections/${restoCollectionName(collection)}/search.json`;
  return query === '' ? path : `${path}?${query}`;
}
