import { z } from 'zod';
import { InvalidError } from '#domain/errors.js';
import { productUuid } from '#domain/product/product-uuid.js';
import type { Product } from '#domain/product/product.js';
import { parseStacItem } from '../stac/stac-item-read.js';
import { bareRecord, readEach, upstreamRecord, type UpstreamRecord, type UpstreamRecords } from './upstream-record.js';

const linkSchema = z.looseObject({
  rel: z.string(),
  href: z.string(),
  method: z.string().optional(),
  body: z.looseObject({}).optional(),
  merge: z.boolean().optional(),
});
const documentSchema = z.looseObject({ type: z.string(), links: z.array(linkSchema).default([]) });
const itemSchema = z.looseObject({
  id: z.string(),
  collection: z.string().optional(),
  properties: z.looseObject({}),
  assets: z.record(z.string(), z.looseObject({ href: z.string() })).default({}),
  links: z.array(z.looseObject({ rel: z.string(), href: z.string() })).default([]),
});

/** A request that leads on: the next page, a search, or a document below. */
export interface StacStep {
  readonly href: string;
  /** Body of a POST; absent: GET. `merge` is the page's own body with these members in place. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly merge?: boolean;
}

/** What a STAC document gives: items, and where to go on. */
export interface StacDocument extends UpstreamRecords {
  readonly next?: StacStep;
  /** Address of the search of an API. */
  readonly search?: string;
  /** Items and catalogs below. */
  readonly below: readonly string[];
}

/** Reads an item, a page of items, a catalog or a collection found at `address`. Throws InvalidError where it is none of them; a bad item is a failure. */
export function readStacDocument(json: unknown, address: string): StacDocument {
  const parsed = documentSchema.safeParse(json);
  if (!parsed.success) throw new InvalidError('The answer is no STAC document: it has no type or its links are none.');
  const document = parsed.data;
  if (document.type === 'Feature') return { ...readItems([json], address), below: [] };
  if (document.type === 'FeatureCollection') {
    const features = document['features'];
    if (!Array.isArray(features)) throw new InvalidError('The page of items has no features.');
    return { ...readItems(features, address), below: [], ...nextOf(document.links, address) };
  }
  if (document.type !== 'Catalog' && document.type !== 'Collection')
    throw new InvalidError(`The answer is no STAC document: its type is ${document.type.slice(0, 40)}.`);
  return { records: [], failures: [], ...stepsOf(document.links, address) };
}

type Links = readonly z.infer<typeof linkSchema>[];

function nextOf(links: Links, address: string): { readonly next?: StacStep } {
  const link = links.find(({ rel }) => rel === 'next');
  const href = link === undefined ? undefined : resolve(link.href, address);
  if (link === undefined || href === undefined) return {};
  if (link.method?.toUpperCase() !== 'POST') return { next: { href } };
  return { next: { href, body: link.body ?? {}, ...(link.merge === undefined ? {} : { merge: link.merge }) } };
}

/** A collection of an API is read by its items, its root by the search, a static one by what is below. */
function stepsOf(links: Links, address: string): Pick<StacDocument, 'search' | 'below'> {
  const hrefs = (rel: string): string[] =>
    links.filter((link) => link.rel === rel).flatMap(({ href }) => resolve(href, address) ?? []);
  const [search] = hrefs('search');
  if (search !== undefined) return { search, below: [] };
  const items = hrefs('items');
  return { below: items.length > 0 ? items : [...hrefs('item'), ...hrefs('child')] };
}

function resolve(href: string, address: string): string | undefined {
  return URL.canParse(href, address) ? new URL(href, address).href : undefined;
}

function readItems(features: readonly unknown[], address: string): UpstreamRecords {
  return readEach(features, nameOf, (feature) => readItem(feature, address));
}

function nameOf(feature: unknown): string {
  const { id } = (feature ?? {}) as { id?: unknown };
  return typeof id === 'string' ? id : 'unnamed';
}

/** Items of other catalogues are read as ours are; a Sentinel name among its properties makes it the product of that name. */
function readItem(feature: unknown, address: string): UpstreamRecord {
  const parsed = itemSchema.safeParse(feature);
  if (!parsed.success) throw new InvalidError('The item has no id or no properties.');
  const item = parsed.data;
  const self = resolve(item.links.find(({ rel }) => rel === 'self')?.href ?? address, address) ?? address;
  const assets = Object.entries(item.assets).map(([key, asset]) => [
    key,
    { ...asset, href: resolve(asset.href, self) ?? asset.href },
  ]);
  const { product } = parseStacItem({
    ...item,
    id: safeId(item.id),
    collection: 'records',
    geometry: item['geometry'] ?? null,
    properties: withTimes(item.properties),
    assets: Object.fromEntries(assets) as unknown,
  });
  const updated = item.properties['updated'];
  const modified = typeof updated === 'string' ? new Date(updated) : undefined;
  return named(item, product, modified);
}

function withTimes(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { start_datetime: start, end_datetime: end, datetime = null } = properties;
  // Some give the begin only, and as `datetime` the time of processing.
  const whole =
    typeof start === 'string' && end === undefined ? { end_datetime: start, datetime: start } : { datetime };
  return { ...properties, ...whole };
}

/** Reading wants an id of plain characters; the record keeps its own. */
function safeId(id: string): string {
  return (
    id
      .replace(/[^A-Za-z0-9._+=-]/g, '_')
      .replace(/^[^A-Za-z0-9]+/, 'x')
      .slice(0, 200) || 'x'
  );
}

type ReadProduct = Omit<Product, 'uuid' | 'online' | 'content'>;

function named(item: z.infer<typeof itemSchema>, product: ReadProduct, modified: Date | undefined): UpstreamRecord {
  const candidates = [
    item.id,
    item.properties['s2:product_uri'],
    item.properties['identifier'],
    item.properties['title'],
  ];
  const drafts = candidates
    .filter((name) => typeof name === 'string')
    .map((name) => upstreamRecord({ record: { ...bareRecord(name), temporal: temporalOf(product) }, modified }));
  const sentinel = drafts.find((draft) => draft.product.collection !== 'records')?.product;
  const { assets, geometry, properties, extra, acquiredFrom, acquiredTo } = product;
  const base = sentinel ?? {
    uuid: productUuid('records', item.id),
    collection: 'records',
    id: item.id,
    properties: {},
    online: 'metadata-only' as const,
  };
  const parent = item.collection === undefined || sentinel !== undefined ? {} : { 'dct:isPartOf': item.collection };
  return {
    id: item.id,
    product: {
      ...base,
      acquiredFrom,
      acquiredTo,
      geometry,
      assets,
      properties: { ...properties, ...base.properties },
      extra: { ...extra, ...parent },
    },
    ...(modified === undefined || Number.isNaN(modified.getTime()) ? {} : { modified }),
  };
}

function temporalOf({ acquiredFrom, acquiredTo }: ReadProduct): { readonly start: string; readonly end: string } {
  return { start: acquiredFrom.toISOString(), end: acquiredTo.toISOString() };
}
