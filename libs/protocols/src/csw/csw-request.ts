import type { Filter } from '#domain/catalog/catalog-query.js';
import type { ElementSet } from '../records/metadata-record.js';
import type { XmlElement } from '../xml/xml-element.js';
import type { CswVersion } from './csw-version.js';
import type { RecordForm } from './output-schemas.js';

/** A sort key by the canonical name of a queryable. */
export interface CswSortKey {
  readonly property: string;
  readonly descending: boolean;
}

/** GetCapabilities; no sections means all. */
export interface CapabilitiesRequest {
  readonly kind: 'GetCapabilities';
  readonly version: CswVersion;
  readonly sections?: readonly string[];
  readonly mediaType: string;
  readonly language?: string;
}

/** DescribeRecord; no type names means all. */
export interface DescribeRecordRequest {
  readonly kind: 'DescribeRecord';
  readonly version: CswVersion;
  readonly typeNames: readonly string[];
  readonly mediaType: string;
}

/** GetDomain of parameters (`GetRecords.resultType`) or of properties. */
export interface DomainRequest {
  readonly kind: 'GetDomain';
  readonly version: CswVersion;
  readonly parameterNames: readonly string[];
  readonly propertyNames: readonly string[];
}

/** How records are written. */
export interface RecordPresentation {
  readonly form: RecordForm;
  /** The schema as asked for. */
  readonly outputSchema: string;
  readonly mediaType: string;
  /** An element set, or the elements asked for. */
  readonly choice: ElementSet | readonly string[];
}

/** GetRecords with its constraint compiled to a filter over canonical names of queryables. */
export interface RecordsRequest extends RecordPresentation {
  readonly kind: 'GetRecords';
  readonly version: CswVersion;
  readonly requestId?: string;
  readonly resultType: 'hits' | 'results' | 'validate';
  /** From 1. */
  readonly startPosition: number;
  readonly maxRecords: number;
  readonly filter?: Filter;
  readonly sort: readonly CswSortKey[];
  /** Words of an OpenSearch request, told again in its answer. */
  readonly searchTerms?: string;
  /** The one record an OpenSearch request is for: not to be found is an error then. */
  readonly uid?: string;
  /** Other catalogues to be asked as well, this many hops away; absent where the search is of this one only. */
  readonly hopCount?: number;
  readonly language?: string;
  /** The request as it came in XML, for the acknowledgement. */
  readonly document?: XmlElement;
}

/** GetRecordById. */
export interface RecordByIdRequest extends RecordPresentation {
  readonly kind: 'GetRecordById';
  readonly version: CswVersion;
  readonly ids: readonly string[];
  readonly language?: string;
}

/** GetRepositoryItem: the record as it was published. */
export interface RepositoryItemRequest {
  readonly kind: 'GetRepositoryItem';
  readonly version: CswVersion;
  readonly id: string;
}

/** One action of a Transaction. */
export type TransactionAction =
  | { readonly kind: 'insert'; readonly handle?: string; readonly records: readonly XmlElement[] }
  | { readonly kind: 'update'; readonly record: XmlElement }
  | {
      readonly kind: 'update-properties';
      readonly filter: Filter;
      readonly changes: readonly { readonly property: string; readonly value?: string }[];
    }
  | { readonly kind: 'delete'; readonly filter: Filter };

/** Transaction: all actions or none. */
export interface TransactionRequest {
  readonly kind: 'Transaction';
  readonly version: CswVersion;
  readonly requestId?: string;
  /** Answer inserted records in brief form. */
  readonly verbose: boolean;
  readonly actions: readonly TransactionAction[];
}

/** Harvest of one resource. */
export interface HarvestRequest {
  readonly kind: 'Harvest';
  readonly version: CswVersion;
  readonly source: string;
  readonly resourceType: string;
  /** ISO 8601 duration; asks for repeating. */
  readonly interval?: string;
  readonly handlers: readonly string[];
}

/** The OpenSearch description document. */
export interface SearchDescriptionRequest {
  readonly kind: 'OpenSearchDescription';
  readonly version: CswVersion;
}

/** Every request of a catalogue service. */
export type CswRequest =
  | CapabilitiesRequest
  | DescribeRecordRequest
  | DomainRequest
  | RecordsRequest
  | RecordByIdRequest
  | RepositoryItemRequest
  | TransactionRequest
  | HarvestRequest
  | SearchDescriptionRequest;
