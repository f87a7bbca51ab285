import { z } from 'zod';
import { InvalidError } from '#domain/errors.js';
import { geometrySchema } from '../geojson/geometry-schema.js';
import type { SearchFeed } from './read-search-feed.js';
import { upstreamProperties } from './upstream-properties.js';
import { bareRecord, readEach, upstreamRecord, type UpstreamRecord } from './upstream-record.js';

const link = z.looseObject({ rel: z.string().optional(), href: z.string() });
const collectionSchema = z.looseObject({
  type: z.literal('FeatureCollection'),
  features: z.array(z.unknown()),
  links: z.unknown().optional(),
  properties: z.looseObject({ links: z.unknown().optional(), totalResults: z.number().nullish() }).optional(),
});
const featureSchema = z.looseObject({
  id: z.union([z.string(), z.number()]).optional(),
  geometry: z.unknown().optional(),
  properties: z.looseObject({}),
});

/** Reads a page of GeoJSON as resto (CREODIAS, PEPS, sara) and OGC 17-047 servers give it. Throws InvalidError where it is none; a bad feature is a failure. */
export function readSearchFeatures(json: unknown): SearchFeed {
  const parsed = collectionSchema.safeParse(json);
  if (!parsed.success) throw new InvalidError('The answer is no GeoJSON FeatureCollection.');
  const { features, links, properties } = parsed.data;
  const next = linksOf(links, properties?.links).find(({ rel }) => rel === 'next')?.href;
  return {
    ...readEach(features, nameOf, readFeature),
    ...(next === undefined ? {} : { next }),
    descriptions: [],
    size: features.length,
    ...(typeof properties?.totalResults === 'number' ? { total: properties.totalResults } : {}),
  };
}

/** resto has a list of links, OGC 17-047 an object of lists by relation. */
function linksOf(...given: readonly unknown[]): readonly z.infer<typeof link>[] {
  return given.flatMap((value) => {
    const lists = Array.isArray(value)
      ? [value.map((one: unknown) => one)]
      : Object.entries((value ?? {}) as object).map(([rel, list]) =>
          Array.isArray(list) ? list.map((one: object) => ({ rel, ...one })) : [],
        );
    return lists.flat().flatMap((one) => link.safeParse(one).data ?? []);
  });
}

function nameOf(feature: unknown): string {
  const { id } = (feature ?? {}) as { id?: unknown };
  return typeof id === 'string' ? id : 'unnamed';
}

function readFeature(value: unknown): UpstreamRecord {
  const parsed = featureSchema.safeParse(value);
  if (!parsed.success) throw new InvalidError('The feature has no properties.');
  const { id, properties, geometry } = parsed.data;
  const text = (...names: readonly string[]): string | undefined =>
    names.map((name) => properties[name]).find((one): one is string => typeof one === 'string' && one !== '');
  const name = text('title', 'productIdentifier', 'identifier')?.replace(/\/+$/, '').replace(/^.*\//, '');
  const identifier = name ?? (id === undefined ? undefined : String(id));
  if (identifier === undefined) throw new InvalidError('The feature has no identifier.');
  const modified = text('updated', 'modified');
  const quicklook = text('quicklook', 'thumbnail');
  const download = downloadOf(properties);
  return upstreamRecord({
    record: {
      ...bareRecord(identifier),
      title: identifier,
      properties: upstreamProperties('resto', Object.entries(properties)),
      onlineResources: download === undefined ? [] : [{ href: download, use: 'download' }],
      ...temporalOf(text('startDate'), text('completionDate'), text('date')),
      ...(quicklook === undefined ? {} : { quicklook }),
      ...(modified === undefined ? {} : { modified }),
    },
    geometry: geometrySchema.safeParse(geometry).data,
    size: sizeOf(properties),
    modified: modified === undefined ? undefined : new Date(modified),
  });
}

function temporalOf(start: string | undefined, end: string | undefined, date: string | undefined) {
  const [from, to = from] = start === undefined ? (date?.split('/') ?? []) : [start, end ?? start];
  return from === undefined ? {} : { temporal: { start: from, ...(to === undefined ? {} : { end: to }) } };
}

const downloadSchema = z.looseObject({
  services: z.looseObject({ download: z.looseObject({ url: z.string() }).nullish() }).nullish(),
  links: z.unknown().optional(),
});

function downloadOf(properties: object): string | undefined {
  const { data } = downloadSchema.safeParse(properties);
  return data?.services?.download?.url ?? linksOf(data?.links).find(({ rel }) => rel === 'data')?.href;
}

function sizeOf({ services, resourceSize }: Readonly<Record<string, unknown>>): number | undefined {
  const { download } = (services ?? {}) as { download?: { size?: unknown } | null };
  const size = download?.size ?? resourceSize;
  return Number.isSafeInteger(size) && (size as number) > 0 ? (size as number) : undefined;
}
