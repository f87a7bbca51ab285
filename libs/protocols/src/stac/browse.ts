import { NotFoundError } from '#domain/errors.js';
import type { ProductKey } from '#domain/product/product.js';
import type { StacFeature } from './stac-feature.js';
import { collectionHref, itemHref, MEDIA_TYPES, rootLink, type StacLink } from './stac-link.js';

/** Units of time a collection is divided into, each by the next; `all` is all of it. */
export type BrowseUnit = 'all' | 'year' | 'month' | 'day' | 'hour' | 'minute';

/** A part of a collection: the items whose acquisition began within the unit of time (UTC) named as `2026-06-11`. */
export interface BrowseSpan {
  readonly unit: BrowseUnit;
  /** Empty for all. */
  readonly name: string;
}

/** The first and the first behind a span. */
export interface BrowseInterval {
  readonly from: Date;
  readonly before: Date;
}

const UNITS: readonly BrowseUnit[] = ['all', 'year', 'month', 'day', 'hour', 'minute'];
const SPAN = /^(?:\d{4}(?:-\d\d(?:-\d\d(?:T\d\d(?::\d\d)?)?)?)?)?$/;
/** Characters of the name of a span, and what makes an instant of it. */
const LENGTHS: Readonly<Record<BrowseUnit, number>> = { all: 0, year: 4, month: 7, day: 10, hour: 13, minute: 16 };
const FIRST = '0000-01-01T00:00:00.000Z';
const MS = { day: 86_400_000, hour: 3_600_000, minute: 60_000 };

/** The span of that name. Throws NotFoundError for what names no year, month, day, hour or minute. */
export function parseBrowseSpan(name: string): BrowseSpan {
  const unit = UNITS.find((each) => LENGTHS[each] === name.length);
  const isTime = unit !== undefined && SPAN.test(name) && (unit === 'all' || isInstant(name));
  if (!isTime) throw new NotFoundError(`${name} is no year, month, day, hour or minute.`, { subject: name });
  return { unit, name };
}

function isInstant(name: string): boolean {
  const begin = new Date(name + FIRST.slice(name.length));
  return !Number.isNaN(begin.getTime()) && begin.toISOString().startsWith(name);
}

/** When a span is; undefined for all time. */
export function browseInterval({ unit, name }: BrowseSpan): BrowseInterval | undefined {
  if (unit === 'all') return undefined;
  const from = new Date(name + FIRST.slice(name.length));
  return { from, before: endOf(from, unit) };
}

function endOf(from: Date, unit: Exclude<BrowseUnit, 'all'>): Date {
  if (unit === 'year') return new Date(new Date(from).setUTCFullYear(from.getUTCFullYear() + 1));
  if (unit === 'month') return new Date(new Date(from).setUTCMonth(from.getUTCMonth() + 1));
  return new Date(from.getTime() + MS[unit]);
}

/** The 24 hours of a day, or the 60 minutes of an hour. */
export function partsOfDay({ unit, name }: BrowseSpan): readonly string[] {
  const [count, separator] = unit === 'day' ? [24, 'T'] : [60, ':'];
  return Array.from({ length: count }, (_, at) => `${name}${separator}${String(at).padStart(2, '0')}`);
}

/** What a span has: names of smaller spans, or items. */
export interface BrowseContents {
  readonly spans: readonly string[];
  readonly items: readonly ProductKey[];
}

/** The collection a span is of. */
export interface BrowsedCollection {
  readonly id: string;
  readonly title: string;
}

/** A span as a STAC Catalog with a link to each smaller span (`child`) or to each item (`item`): the STAC API's Browseable class. */
export function writeBrowseCatalog(
  collection: BrowsedCollection,
  span: BrowseSpan,
  contents: BrowseContents,
  address: string,
): object {
  const { unit, name } = span;
  const title = unit === 'all' ? `${collection.title} by date` : `${collection.title}, ${name}`;
  const link = (rel: string, of: string, text: string): StacLink => ({
    rel,
    href: browseHref(address, collection.id, of),
    type: MEDIA_TYPES.json,
    title: text,
  });
  return {
    type: 'Catalog',
    stac_version: '1.1.0',
    id: `${collection.id}-${unit === 'all' ? 'by-date' : name}`,
    title,
    description: `Items whose acquisition began ${unit === 'all' ? 'at any time, by year' : `within ${name} (UTC)`}.`,
    links: [
      link('self', name, title),
      rootLink(address),
      parentLink(collection, span, address),
      ...contents.spans.map((each) => link('child', each, each)),
      ...contents.items.map((key) => ({
        rel: 'item',
        href: itemHref(address, key),
        type: MEDIA_TYPES.geojson,
        title: key.id,
      })),
    ],
  };
}

function parentLink({ id, title }: BrowsedCollection, { unit, name }: BrowseSpan, address: string): StacLink {
  if (unit === 'all') return { rel: 'parent', href: collectionHref(address, id), type: MEDIA_TYPES.json, title };
  const above = name.slice(0, LENGTHS[UNITS[UNITS.indexOf(unit) - 1] ?? 'all']);
  return { rel: 'parent', href: browseHref(address, id, above), type: MEDIA_TYPES.json, title: above || title };
}

/** Address of a span of a collection, by the name of the span. */
function browseHref(address: string, collection: string, name: string): string {
  return `${collectionHref(address, collection)}/browse${name === '' ? '' : `/${name}`}`;
}

/** The link from a collection to its items by date. */
export function browseLink(address: string, collection: string): StacLink {
  return { rel: 'child', href: browseHref(address, collection, ''), type: MEDIA_TYPES.json, title: 'Items by date' };
}

/** STAC API Browseable: every item is reached by `child` and `item` links from the landing page. */
export const BROWSEABLE: StacFeature = {
  conformsTo: ['https://api.stacspec.org/v1.0.0/browseable', 'https://api.stacspec.org/v1.1.0/browseable'],
  links: () => [],
  paths: {
    '/collections/{collectionId}/browse': { get: { summary: 'The items of a collection by year, as a STAC Catalog.' } },
    '/collections/{collectionId}/browse/{span}': {
      get: {
        summary:
          'Those of a year, month, day, hour or minute: 2026, 2026-06, 2026-06-11, 2026-06-11T10, 2026-06-11T10:05.',
      },
    },
  },
};
