import { InvalidError } from '#domain/errors.js';
import { cutAtAntimeridian } from '#domain/geometry/cut-at-antimeridian.js';
import type { Geometry } from '#domain/geometry/geometry.js';
import type { Product } from '#domain/product/product.js';
import type { MetadataRecord } from '../records/metadata-record.js';
import type { RecordOrigin } from '../records/record-extra.js';
import { recordToProduct } from '../records/record-product.js';

/** A record of another catalogue as a product of this one, and what it is there. */
export interface UpstreamRecord {
  readonly product: Product;
  /** Its identifier at the source. */
  readonly id: string;
  /** When the source last changed it. */
  readonly modified?: Date;
}

/** What could not be read, and why. */
export interface UpstreamFailure {
  readonly id: string;
  readonly reason: string;
}

/** The records of an answer; a bad one is told and does not take the others with it. */
export interface UpstreamRecords {
  readonly records: readonly UpstreamRecord[];
  readonly failures: readonly UpstreamFailure[];
}

/** Reads each of an answer's records. InvalidError of one becomes its failure. */
export function readEach<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  read: (item: T) => UpstreamRecord,
): UpstreamRecords {
  const records: UpstreamRecord[] = [];
  const failures: UpstreamFailure[] = [];
  for (const item of items) {
    try {
      records.push(read(item));
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      failures.push({ id: nameOf(item).slice(0, 200), reason: error.message });
    }
  }
  return { records, failures };
}

/** A metadata record of which nothing is known yet but its identifier. */
export function bareRecord(id: string): MetadataRecord {
  return {
    id,
    keywords: [],
    themes: [],
    topics: [],
    dates: {},
    properties: {},
    onlineResources: [],
    formats: [],
    parties: [],
    sources: [],
    relations: [],
    rights: [],
    accessConstraints: [],
    coverage: [],
    places: [],
  };
}

/** What a source gives besides the record. */
export interface UpstreamFacts {
  readonly record: MetadataRecord;
  readonly origin?: RecordOrigin;
  /** The footprint, where it is more than a box. */
  readonly geometry?: Geometry | undefined;
  readonly size?: number | undefined;
  readonly modified?: Date | undefined;
}

/** Turns a source's record into the product it is here: a known Sentinel product, or one of the collection `records`. Throws InvalidError. */
export function upstreamRecord({ record, origin = {}, geometry, size, modified }: UpstreamFacts): UpstreamRecord {
  const product = recordToProduct(record, origin);
  const footprint = geometry === undefined ? product.geometry : cutAtAntimeridian(geometry);
  const download = product.assets['product'];
  const assets =
    download === undefined || size === undefined
      ? product.assets
      : { ...product.assets, product: { ...download, size } };
  return {
    product: { ...product, geometry: footprint, assets },
    id: record.id,
    ...(modified === undefined || Number.isNaN(modified.getTime()) ? {} : { modified }),
  };
}
