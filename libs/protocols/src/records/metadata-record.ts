import type { BoundingBox, Geometry } from '#domain/geometry/geometry.js';
import type { PropertyValue } from '#domain/product/product.js';
import type { Availability } from './availability.js';

/** How much of a record is written (OGC 07-006r1 §10.8.4.9). */
export type ElementSet = 'full' | 'summary' | 'brief';

/** A metadata record of a catalogue, whatever its schema: what Dublin Core, ISO 19115 and the mirror have in common. Dates are text of ISO 8601, as exact as the source. */
export interface MetadataRecord {
  readonly id: string;
  readonly parentIdentifier?: string;
  /** `dataset`, `series`, `service`, … or a Dublin Core type as written. */
  readonly type?: string;
  readonly title?: string;
  readonly alternateTitle?: string;
  readonly abstract?: string;
  /** Free keywords, without themes and observation. */
  readonly keywords: readonly string[];
  /** INSPIRE spatial data themes by their GEMET titles. */
  readonly themes: readonly string[];
  /** ISO 19115 topic categories. */
  readonly topics: readonly string[];
  /** What happened when to the resource. */
  readonly dates: RecordDates;
  /** When the record itself was last changed. */
  readonly modified?: string;
  readonly bbox?: BoundingBox;
  /** The area itself where it is known, cut at the antimeridian; the box is around it. */
  readonly footprint?: Geometry;
  readonly temporal?: RecordPeriod;
  /** What the vocabulary of queryables knows of an observation, by queryable name. */
  readonly properties: Readonly<Record<string, PropertyValue>>;
  readonly onlineResources: readonly OnlineResource[];
  /** Where the catalogue the record is of has the bytes; absent where it has none. */
  readonly availability?: Availability;
  /** Address of a small picture. */
  readonly quicklook?: string;
  readonly formats: readonly string[];
  /** Of the record, ISO 639-2. */
  readonly language?: string;
  readonly parties: readonly RecordParty[];
  readonly sources: readonly string[];
  readonly relations: readonly string[];
  /** Conditions of use. */
  readonly rights: readonly string[];
  /** Limitations on public access. */
  readonly accessConstraints: readonly string[];
  /** `dc:coverage`: what place or time, in words. */
  readonly coverage: readonly string[];
  /** `dct:spatial`: places by name. */
  readonly places: readonly string[];
  readonly lineage?: string;
  readonly conformity?: RecordConformity;
  /** Identifier of the coordinate reference system, e.g. `EPSG:32633`. */
  readonly crs?: string;
}

/** Dates of the resource by their ISO 19115 role; `date` is one without a role. */
export interface RecordDates {
  readonly creation?: string;
  readonly publication?: string;
  readonly revision?: string;
  readonly date?: string;
}

/** Begin and end; an absent one is open. */
export interface RecordPeriod {
  readonly start?: string;
  readonly end?: string;
}

/** An address with what is found there. */
export interface OnlineResource {
  readonly href: string;
  /** e.g. `OGC:WMS`. */
  readonly protocol?: string;
  readonly name?: string;
  readonly description?: string;
  /** ISO 19115 online function: `download`, `information`, `search`, … */
  readonly use?: string;
}

/** Who has to do with the resource; roles are those of ISO 19115 (`originator`, `publisher`, `author`, `pointOfContact`, …). */
export interface RecordParty {
  readonly name: string;
  readonly role: string;
  readonly email?: string;
  readonly url?: string;
}

/** A specification the resource is or is not in conformity with; no `pass` means not evaluated. */
export interface RecordConformity {
  readonly title: string;
  readonly date: string;
  readonly pass?: boolean;
}
