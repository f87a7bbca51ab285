import { z } from 'zod';
import { InvalidError } from '#domain/errors.js';

/** One item of many: where it stands in the body (JSON Pointer, RFC 6901), and the id it must have where that is said beside it. */
export interface BulkEntry {
  readonly pointer: string;
  readonly id?: string;
  readonly json: unknown;
}

/** What a bulk asks for: `upsert` also changes items that are there, `insert` refuses those that are there and otherwise. */
export interface Bulk {
  readonly method: 'insert' | 'upsert';
  readonly entries: readonly BulkEntry[];
}

/** Body of `POST /collections/{id}/bulk_items`: items by id. */
export const bulkItemsBody = z.object({
  items: z.record(z.string(), z.unknown()),
  method: z.enum(['insert', 'upsert']).default('insert'),
});

const featureCollection = z.looseObject({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) });

/** Reads a body of `bulk_items`. Throws InvalidError. */
export function readBulk(json: unknown): Bulk {
  const { items, method } = parsed(bulkItemsBody, json, 'a bulk of items');
  const entries = Object.entries(items).map(([id, item]) => ({ pointer: `/items/${escaped(id)}`, id, json: item }));
  return { method, entries };
}

/** The items of a FeatureCollection (Transaction extension, `POST /items`), to be inserted; undefined for anything else. Throws InvalidError. */
export function readFeatureCollection(json: unknown): Bulk | undefined {
  const type = typeof json === 'object' && json !== null && 'type' in json ? json.type : undefined;
  if (type !== 'FeatureCollection') return undefined;
  const { features } = parsed(featureCollection, json, 'a FeatureCollection');
  return { method: 'insert', entries: features.map((item, at) => ({ pointer: `/features/${at}`, json: item })) };
}

const MEMBERS = new Set([
  'type',
  'stac_version',
  'id',
  'collection',
  'geometry',
  'bbox',
  'links',
  'properties',
  'assets',
]);

/** The place in the body of what an error is about: the member of the item where that is known, else the item. */
export function pointerOf({ pointer }: BulkEntry, subject: string | undefined): string {
  if (subject === undefined) return pointer;
  if (subject.startsWith('/')) return `${pointer}${subject}`;
  const [, member, name] = /^(properties|assets)\.(.+)$/s.exec(subject) ?? [];
  if (member !== undefined && name !== undefined) return `${pointer}/${member}/${escaped(name)}`;
  return MEMBERS.has(subject) ? `${pointer}/${subject}` : pointer;
}

function parsed<T>(schema: z.ZodType<T>, json: unknown, what: string): T {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path.join('.') ?? '';
  throw new InvalidError(`Not ${what}: ${path}: ${issue?.message ?? ''}`, { subject: path || 'body' });
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
