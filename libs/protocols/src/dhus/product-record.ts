import type { Product } from '#domain/product/product.js';
import { writeWkt } from '../wkt/write-wkt.js';
import { writeByteSize } from './byte-size.js';
import { dhusSpelling } from './dhus-spelling.js';
import { writeGmlFootprint } from './gml-footprint.js';

/** What an element of an entry holds. */
export type RecordType = 'str' | 'int' | 'double' | 'date';

/** One typed value of a search result: element name, `name` attribute, content. */
export type RecordValue = readonly [type: RecordType, name: string, content: string];

/** Name of the product's folder or file: the deliverable's without `.zip`, else by the mission's convention. */
export function productFileName({ id, content, properties }: Product): string {
  if (content !== undefined) return content.fileName.replace(/\.(zip|tar|tgz|tar\.gz)$/i, '');
  const extensions: Readonly<Record<string, string>> = { 'sentinel-3': '.SEN3', 'sentinel-5p': '.nc' };
  return `${id}${extensions[String(properties['constellation'])] ?? '.SAFE'}`;
}

/** When the product came into this mirror; products read from the catalogue always have it. */
export function ingestedAt({ published, updated, acquiredTo }: Product): Date {
  return published ?? updated ?? acquiredTo;
}

/** `Date: …, Instrument: …, Mode: …, Satellite: …, Size: …` as the summary of a result has it; what is unknown is left out. */
export function writeRecordSummary(product: Product): string {
  const parts: readonly (readonly [string, string | undefined])[] = [
    ['Date', product.acquiredFrom.toISOString()],
    ['Instrument', dhusSpelling(product, 'instrument')],
    ['Mode', dhusSpelling(product, 'polarisations') ?? dhusSpelling(product, 'instrumentMode')],
    ['Satellite', dhusSpelling(product, 'constellation')],
    ['Size', writeByteSize(product.content?.size ?? 0)],
  ];
  return parts.flatMap(([label, value]) => (value === undefined ? [] : [`${label}: ${value}`])).join(', ');
}

/**
 * The typed values of a result. `dataHubTransfer.sh` reads identifier, ingestiondate, size (two words) and uuid by their order in the document, whatever their
 * type: they stay in this order, and nothing else has their names. `availability` is this mirror's own: hubs had no word in a search for where the bytes are.
 */
export function productRecord(product: Product): readonly RecordValue[] {
  const all: readonly (readonly [RecordType, string, string | undefined])[] = [
    ['str', 'identifier', product.id],
    ['date', 'ingestiondate', ingestedAt(product).toISOString()],
    ['date', 'beginposition', product.acquiredFrom.toISOString()],
    ['date', 'endposition', product.acquiredTo.toISOString()],
    ...integers(product),
    ['double', 'cloudcoverpercentage', dhusSpelling(product, 'cloudCover')],
    ['double', 'snowicepercentage', dhusSpelling(product, 'snowCover')],
    ...texts(product),
    ['str', 'availability', product.online],
    ['str', 'size', writeByteSize(product.content?.size ?? 0)],
    ['str', 'uuid', product.uuid],
  ];
  return all.flatMap(([type, name, content]) => (content === undefined ? [] : [[type, name, content] as const]));
}

function integers(product: Product): readonly (readonly [RecordType, string, string | undefined])[] {
  const absolute = dhusSpelling(product, 'absoluteOrbit');
  const relative = dhusSpelling(product, 'relativeOrbit');
  return [
    ['int', 'orbitnumber', absolute],
    ['int', 'lastorbitnumber', absolute],
    ['int', 'relativeorbitnumber', relative],
    ['int', 'lastrelativeorbitnumber', relative],
    ['int', 'cyclenumber', dhusSpelling(product, 'cycle')],
    ['int', 'slicenumber', dhusSpelling(product, 'sliceNumber')],
  ];
}

/** Fields whose value is a queryable's, spelled as in DHuS. */
const TEXTS: readonly (readonly [name: string, property: string])[] = [
  ['acquisitiontype', 'acquisitionType'],
  ['instrumentshortname', 'instrument'],
  ['sensoroperationalmode', 'instrumentMode'],
  ['swathidentifier', 'swath'],
  ['orbitdirection', 'orbitDirection'],
  ['platformname', 'constellation'],
  ['platformserialidentifier', 'platform'],
  ['polarisationmode', 'polarisations'],
  ['processingbaseline', 'processingBaseline'],
  ['processinglevel', 'processingLevel'],
  ['producttype', 'productType'],
  ['s2datatakeid', 'datatake'],
  ['tileid', 'tile'],
  ['timeliness', 'timeliness'],
];

function texts(product: Product): readonly (readonly [RecordType, string, string | undefined])[] {
  const { geometry } = product;
  return [
    ['str', 'filename', productFileName(product)],
    ['str', 'format', /\.nc$/i.test(productFileName(product)) ? 'NetCDF' : 'SAFE'],
    ['str', 'gmlfootprint', writeGmlFootprint(geometry)],
    ['str', 'footprint', geometry === null ? undefined : writeWkt(geometry)],
    ...TEXTS.map(([name, property]) => ['str', name, dhusSpelling(product, property)] as const),
  ];
}
