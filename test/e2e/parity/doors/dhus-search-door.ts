import type { Filter, Literal, SortKey } from '#domain/catalog/catalog-query.js';
import { writeWkt } from '#protocols/wkt/write-wkt.js';
import { nameIn, onlyOne } from '../door-names.js';
import { NoWords, sayable, type Door, type DoorRequest } from '../door.js';
import { conditionsOf, type Question } from '../question.js';
import { speak, type Language } from '../speak.js';

/** Hubs have no collections: a product type or level stands for ours. */
const COLLECTIONS: Readonly<Record<string, string>> = {
  'sentinel-2-l1c': 'producttype:S2MSI1C',
  'sentinel-2-l2a': 'producttype:S2MSI2A',
  'sentinel-5p-l2-ch4': 'producttype:L2__CH4___',
  'sentinel-5p-l2-no2': 'producttype:L2__NO2___',
};

const MISSIONS: Readonly<Record<string, string>> = {
  'sentinel-1': 'Sentinel-1',
  'sentinel-2': 'Sentinel-2',
  'sentinel-3': 'Sentinel-3',
  'sentinel-5p': 'Sentinel-5P',
};

/** DHuS OpenSearch, Solr-like, in JSON. */
export const dhusSearchDoor: Door = {
  name: 'DHuS search',
  ask: (question) => sayable(() => request(question)),
  read: (body) => {
    const { feed } = JSON.parse(body) as {
      feed: { entry?: Entry | readonly Entry[]; 'opensearch:totalResults': string };
    };
    const entries = [feed.entry ?? []].flat() as readonly Entry[];
    return { ids: entries.map(({ title }) => title), total: Number(feed['opensearch:totalResults']) };
  },
};

interface Entry {
  readonly title: string;
}

function request(question: Question): DoorRequest {
  const { collections, limit, offset, sort } = question;
  const collection = collections && COLLECTIONS[onlyOne(collections)];
  if (collections !== undefined && collection === undefined) throw new NoWords('a collection');
  const parts = [...(collection === undefined ? [] : [collection]), ...conditionsOf(question).map(say)];
  const parameters = new URLSearchParams({
    format: 'json',
    q: parts.length === 0 ? '*' : parts.join(' AND '),
    rows: String(limit),
    start: String(offset),
    orderby: sort.map(order).join(','),
  });
  return { path: `/dhus/search?${parameters.toString()}` };
}

function order({ property, direction }: SortKey): string {
  return `${nameIn('dhus', property)} ${direction}`;
}

const SOLR: Language<string> = {
  joined: ({ op, args }) => `(${args.map(say).join(op === 'and' ? ' AND ' : ' OR ')})`,
  not: ({ arg }) => `NOT (${say(arg)})`,
  compared: ({ op, property, value }) => compare(property, op, value),
  in: ({ property, values }) => `(${values.map((value) => compare(property, 'eq', value)).join(' OR ')})`,
  between: ({ property, lower, upper }) => `${nameIn('dhus', property)}:[${literal(lower)} TO ${literal(upper)}]`,
  like: ({ property, pattern }) => `${nameIn('dhus', property)}:${pattern.replaceAll('\\', '').replaceAll('%', '*')}`,
  spatial: ({ geometry }) => `footprint:"Intersects(${writeWkt(geometry)})"`,
  temporal: ({ interval: { start, end } }) =>
    `(beginposition:[* TO ${literal(end!)}] AND endposition:[${literal(start!)} TO *])`,
};

function say(filter: Filter): string {
  return speak(filter, SOLR);
}

const RANGES = {
  lt: (value: string) => `{* TO ${value}}`,
  le: (value: string) => `[* TO ${value}]`,
  gt: (value: string) => `{${value} TO *}`,
  ge: (value: string) => `[${value} TO *]`,
} as const;

function compare(property: string, operator: 'eq' | 'ne' | keyof typeof RANGES, value: Literal): string {
  if (operator === 'ne' || property === 'online') throw new NoWords(property);
  const name = nameIn('dhus', property);
  if (operator !== 'eq') return `${name}:${RANGES[operator](literal(value))}`;
  return `${name}:${property === 'constellation' ? (MISSIONS[String(value)] ?? '') : literal(value)}`;
}

function literal(value: Literal): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? `"${value}"` : String(value);
}
