import { z } from 'zod';
import { InvalidError } from '#domain/errors.js';
import type { Geometry } from '#domain/geometry/geometry.js';
import { parseWkt } from '../wkt/parse-wkt.js';
import { upstreamProperties } from './upstream-properties.js';
import { bareRecord, readEach, upstreamRecord, type UpstreamRecord, type UpstreamRecords } from './upstream-record.js';

const text = z.string().max(100_000);
const attribute = z.looseObject({ Name: text.optional(), name: text.optional() });
const productSchema = z.looseObject({
  Id: text.optional(),
  id: text.optional(),
  Name: text.optional(),
  name: text.optional(),
  ContentDate: z.looseObject({ Start: text, End: text }).nullish(),
  beginPosition: text.optional(),
  endPosition: text.optional(),
  Footprint: text.nullish(),
  footprint: text.nullish(),
  ContentLength: z.number().optional(),
  size: z.number().optional(),
  ModificationDate: text.nullish(),
  modificationDate: text.nullish(),
  Attributes: z.array(attribute).optional(),
});

type ODataProduct = z.infer<typeof productSchema>;

/** A page of products of an OData v4 catalogue. */
export interface ODataPage extends UpstreamRecords {
  /** How many entities the answer had. */
  readonly size: number;
  readonly nextLink?: string;
}

/** A product the source has deleted. */
export interface DeletedUpstream {
  readonly name: string;
  readonly deleted: Date;
}

const pageSchema = z.looseObject({ value: z.array(z.unknown()), '@odata.nextLink': z.string().optional() });

/**
 * Reads a page of `Products` as CDSE, CREODIAS and ONDA give it. `download` gives the address of a product's bytes by its id.
 * Throws InvalidError where the document is none; a bad product is a failure.
 */
export function readODataProducts(json: unknown, download: (id: string) => string): ODataPage {
  const page = readPage(json);
  const nextLink = page['@odata.nextLink'];
  return {
    ...readEach(page.value, nameOf, (value) => readProduct(value, download)),
    size: page.value.length,
    ...(nextLink === undefined ? {} : { nextLink }),
  };
}

const deletedSchema = z.looseObject({ Name: text, DeletionDate: text });

/** Reads a page of `DeletedProducts`; entries without name or date are passed over. Throws InvalidError where the document is none. */
export function readODataDeleted(json: unknown): {
  readonly deleted: readonly DeletedUpstream[];
  readonly size: number;
} {
  const { value } = readPage(json);
  const deleted = value.flatMap((entry) => {
    const { data } = deletedSchema.safeParse(entry);
    const time = new Date(data?.DeletionDate ?? '');
    return data === undefined || Number.isNaN(time.getTime()) ? [] : [{ name: data.Name, deleted: time }];
  });
  return { deleted, size: value.length };
}

function readPage(json: unknown): z.infer<typeof pageSchema> {
  const page = pageSchema.safeParse(json);
  if (!page.success) throw new InvalidError('The answer is no collection of OData entities: it has no list "value".');
  return page.data;
}

function nameOf(value: unknown): string {
  const { Name, name } = (value ?? {}) as { Name?: unknown; name?: unknown };
  return typeof Name === 'string' ? Name : typeof name === 'string' ? name : 'unnamed';
}

function readProduct(value: unknown, download: (id: string) => string): UpstreamRecord {
  const parsed = productSchema.safeParse(value);
  if (!parsed.success) throw new InvalidError(`Not an OData product: ${parsed.error.issues[0]?.path.join('.') ?? ''}`);
  const given = parsed.data;
  const { name, id, modified } = identityOf(given);
  return upstreamRecord({
    record: {
      ...bareRecord(name),
      title: name,
      properties: upstreamProperties('odata', attributesOf(given)),
      onlineResources: [{ href: download(id), use: 'download', name }],
      ...temporalOf(given),
      ...(modified === undefined ? {} : { modified }),
    },
    geometry: footprintOf(given),
    size: given.ContentLength ?? given.size,
    modified: modified === undefined ? undefined : new Date(modified),
  });
}

function identityOf(given: ODataProduct): { name: string; id: string; modified: string | undefined } {
  const name = given.Name ?? given.name;
  const id = given.Id ?? given.id;
  if (name === undefined || id === undefined) throw new InvalidError('The product has no Name or no Id.');
  return { name, id, modified: given.ModificationDate ?? given.modificationDate ?? undefined };
}

function temporalOf({ ContentDate, beginPosition, endPosition }: ODataProduct) {
  const start = ContentDate?.Start ?? beginPosition;
  const end = ContentDate?.End ?? endPosition ?? start;
  return start === undefined ? {} : { temporal: { start, ...(end === undefined ? {} : { end }) } };
}

/** `geography'SRID=4326;POLYGON(...)'`, or bare WKT. */
function footprintOf({ Footprint, footprint }: ODataProduct): Geometry | undefined {
  const wkt = (Footprint ?? footprint ?? '').replace(/^geography'|'$/g, '');
  return wkt === '' ? undefined : parseWkt(wkt).geometry;
}

function attributesOf({ Attributes = [] }: ODataProduct): readonly (readonly [string, unknown])[] {
  return Attributes.map((given) => [given.Name ?? given.name ?? '', given['Value'] ?? given['value']] as const);
}
