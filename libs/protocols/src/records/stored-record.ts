import { boundingBoxArea, boundingBoxOf } from '#domain/geometry/bounding-box.js';
import type { Geometry } from '#domain/geometry/geometry.js';
import { ASSET_KEYS } from '#domain/product/asset.js';
import type { Product } from '#domain/product/product.js';
import { withoutUndefined } from '../safe/without-undefined.js';
import { parseAvailability } from './availability.js';
import type {
  MetadataRecord,
  OnlineResource,
  RecordConformity,
  RecordDates,
  RecordParty,
  RecordPeriod,
} from './metadata-record.js';

/** The record a product of the collection `records` was made of: what `recordToProduct` kept, read leniently, for other doors may have changed it. */
export function storedRecord(product: Product): MetadataRecord {
  const { extra } = product;
  const texts = (name: string): readonly string[] => textsOf(extra[name]);
  return {
    id: product.id,
    keywords: texts('keywords'),
    themes: texts('inspire:themes'),
    topics: texts('iso:topicCategory'),
    dates: datesOf(extra),
    properties: product.properties,
    onlineResources: objectsOf(extra['dct:references'], 'href').map(onlineResource),
    formats: texts('dc:format'),
    parties: partiesOf(extra),
    sources: texts('dc:source'),
    relations: texts('dc:relation'),
    rights: texts('dc:rights'),
    accessConstraints: texts('dct:accessRights'),
    coverage: texts('dc:coverage'),
    places: texts('dct:spatial'),
    ...singleValues(product),
  };
}

function singleValues({ extra, geometry, updated, assets }: Product): Partial<MetadataRecord> {
  const text = (name: string): string | undefined => textOf(extra[name]);
  return withoutUndefined({
    parentIdentifier: text('dct:isPartOf'),
    type: text('dc:type'),
    title: text('title'),
    alternateTitle: text('dct:alternative'),
    abstract: text('description'),
    modified: text('dct:modified') ?? updated?.toISOString(),
    bbox: geometry === null ? undefined : boundingBoxOf(geometry),
    footprint: footprintOf(geometry),
    temporal: period(extra['dct:temporal']),
    availability: parseAvailability(text('dct:medium')),
    quicklook: assets[ASSET_KEYS.quicklook]?.href,
    language: text('dc:language'),
    lineage: text('dct:provenance'),
    conformity: conformity(extra['dct:conformsTo']),
    crs: text('crs'),
  });
}

/** The geometry, unless it says no more than its box: then the record had no footprint. */
function footprintOf(geometry: Geometry | null): Geometry | undefined {
  const box = geometry === null ? undefined : boundingBoxOf(geometry);
  if (geometry === null || box === undefined) return undefined;
  return JSON.stringify(boundingBoxArea(box)) === JSON.stringify(geometry) ? undefined : geometry;
}

function datesOf(extra: Product['extra']): RecordDates {
  return withoutUndefined({
    date: textOf(extra['dc:date']),
    creation: textOf(extra['dct:created']),
    publication: textOf(extra['dct:issued']),
    revision: textOf(extra['dct:revised']),
  });
}

/** The original text of a stored record, where it came in the schema asked for. */
export function originalRecord({ extra }: Product, schema: string): string | undefined {
  return extra['recordSchema'] === schema ? textOf(extra['record']) : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function textsOf(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((one) => textOf(one) ?? []);
}

/** Objects with a text of that name; anything else is left out. */
function objectsOf(value: unknown, key: string): readonly Readonly<Record<string, unknown>>[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter(
    (one): one is Readonly<Record<string, unknown>> =>
      typeof one === 'object' && one !== null && textOf((one as Record<string, unknown>)[key]) !== undefined,
  );
}

function onlineResource(from: Readonly<Record<string, unknown>>): OnlineResource {
  const text = (name: keyof OnlineResource): string | undefined => textOf(from[name]);
  const rest = { protocol: text('protocol'), name: text('name'), description: text('description'), use: text('use') };
  return { href: text('href') ?? '', ...withoutUndefined(rest) };
}

/** The parties as the record named them, else whom Dublin Core names. */
function partiesOf(extra: Product['extra']): readonly RecordParty[] {
  const parties = objectsOf(extra['parties'], 'name').map((from) => ({
    name: textOf(from['name']) ?? '',
    role: textOf(from['role']) ?? 'pointOfContact',
    ...withoutUndefined({ email: textOf(from['email']), url: textOf(from['url']) }),
  }));
  if (parties.length > 0) return parties;
  const roles = { 'dc:creator': 'originator', 'dc:publisher': 'publisher', 'dc:contributor': 'contributor' };
  return Object.entries(roles).flatMap(([key, role]) => textsOf(extra[key]).map((name) => ({ name, role })));
}

function period(value: unknown): RecordPeriod | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { start, end } = value as Record<string, unknown>;
  const read = withoutUndefined({ start: textOf(start), end: textOf(end) });
  return read.start === undefined && read.end === undefined ? undefined : read;
}

function conformity(value: unknown): RecordConformity | undefined {
  const [from] = objectsOf(value, 'title');
  const date = textOf(from?.['date']);
  if (from === undefined || date === undefined) return undefined;
  return {
    title: textOf(from['title']) ?? '',
    date,
    ...(typeof from['pass'] === 'boolean' ? { pass: from['pass'] } : {}),
  };
}
