import { z } from 'zod';
import type { Collection } from '#domain/collection/collection.js';
import { RECORD_COLLECTION } from '#domain/collection/record-collection.js';
import { InvalidError } from '#domain/errors.js';
import type { BoundingBox } from '#domain/geometry/geometry.js';

const ID = /^[A-Za-z0-9][\w.-]{0,199}$/;
const instant = z.iso.datetime({ offset: true });
const box = z
  .array(z.number())
  .refine(({ length }) => length === 4 || length === 6, 'must have 4 or 6 numbers')
  .transform((numbers): BoundingBox =>
    numbers.length === 4
      ? (numbers as unknown as BoundingBox)
      : ([0, 1, 3, 4].map((at) => numbers[at]) as unknown as BoundingBox),
  )
  .refine(
    ([west, south, east, north]) =>
      Math.abs(west) <= 180 && Math.abs(east) <= 180 && south >= -90 && south <= north && north <= 90,
    {
      message: 'must be west, south, east, north in degrees',
    },
  );
const texts = z.array(z.string());
const link = z.looseObject({ rel: z.string().min(1), href: z.string().min(1).max(4096) });

const collectionSchema = z.looseObject({
  type: z.literal('Collection'),
  stac_version: z.string().regex(/^1\.\d+\.\d+/, 'must be 1.x'),
  id: z.string().regex(ID, 'must be 1 to 200 letters, digits, . _ - and begin with a letter or digit'),
  title: z.string().min(1).max(1000).optional(),
  description: z.string().min(1),
  keywords: texts.optional(),
  license: z.string().min(1).max(200),
  providers: z.array(z.looseObject({ name: z.string().min(1), url: z.string().optional() })).optional(),
  extent: z.object({
    spatial: z.object({ bbox: z.array(box).min(1) }),
    temporal: z.object({ interval: z.array(z.tuple([instant.nullable(), instant.nullable()])).min(1) }),
  }),
  summaries: z.record(z.string(), z.unknown()).optional(),
  links: z.array(link).default([]),
});

type Given = z.infer<typeof collectionSchema>;

/** Links every collection gets from the mirror itself. */
const OWN_LINKS =
  /^(self|root|parent|child|items?|aggregate|aggregations|data|search|http:\/\/www\.opengis\.net\/def\/rel\/ogc\/.*)$/;

/** A STAC 1.0 or 1.1 Collection as the mirror keeps it: what it searches and describes by, the rest as it came. Throws InvalidError naming the field. */
export function parseStacCollection(json: unknown): Collection {
  const result = collectionSchema.safeParse(json);
  if (!result.success) {
    const issues = result.error.issues.slice(0, 5).map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`);
    const [first] = result.error.issues;
    throw new InvalidError(`Not a STAC Collection: ${issues.join('; ')}`, {
      subject: first?.path.join('.') || 'collection',
    });
  }
  const given = result.data;
  return {
    ...RECORD_COLLECTION,
    ...describing(given),
    id: given.id,
    shortName: given.id.replaceAll(/[^A-Za-z0-9]+/g, '_').toUpperCase(),
    title: given.title ?? given.id,
    description: given.description,
    keywords: given.keywords ?? [],
    temporalStart: (given.extent.temporal.interval[0]?.[0] ?? '1970-01-01').slice(0, 10),
    bbox: given.extent.spatial.bbox[0] ?? RECORD_COLLECTION.bbox,
    license: licenseOf(given),
    provider: providerOf(given),
    stac: asItCame(given),
  };
}

function describing({ summaries = {} }: Given): Partial<Collection> {
  const listed = (name: string): readonly string[] => texts.safeParse(summaries[name]).data ?? [];
  const [mission = RECORD_COLLECTION.mission] = listed('constellation');
  const [instrument = RECORD_COLLECTION.instrument] = listed('instruments');
  const [processingLevel = RECORD_COLLECTION.processingLevel] = listed('processing:level');
  const resolutions = z.array(z.number().positive()).safeParse(summaries['gsd']).data ?? [];
  const isRadar = Object.keys(summaries).some((name) => name.startsWith('sar:'));
  return {
    mission,
    instrument,
    processingLevel,
    platforms: listed('platform'),
    productTypes: listed('product:type'),
    sensorType: isRadar ? 'RADAR' : 'OPTICAL',
    ...(resolutions.length === 0 ? {} : { resolution: Math.min(...resolutions) }),
  };
}

function licenseOf({ license, links }: Given): Collection['license'] {
  const stated = links.find(({ rel, href }) => rel === 'license' && /^https?:\/\//i.test(href));
  const title = typeof stated?.['title'] === 'string' ? stated['title'] : license;
  return { id: license, title, url: stated?.href ?? `https://spdx.org/licenses/${encodeURIComponent(license)}.html` };
}

function providerOf({ providers }: Given): Collection['provider'] {
  const [first] = providers ?? [];
  if (first === undefined) return RECORD_COLLECTION.provider;
  return {
    name: first.name,
    url: /^https?:\/\//i.test(first.url ?? '') ? (first.url ?? '') : RECORD_COLLECTION.provider.url,
  };
}

/** What the mirror does not say of every collection itself. */
function asItCame(given: Given): NonNullable<Collection['stac']> {
  const { type: _type, stac_version: _version, id: _id, extent: _extent, links, ...rest } = given;
  return { ...rest, links: links.filter(({ rel }) => rel !== 'license' && !OWN_LINKS.test(rel)) };
}
