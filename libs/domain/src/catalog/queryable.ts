/** Type of a queryable's value. `strings` is a list; comparing it with a single value asks whether it holds it. */
export type QueryableType = 'string' | 'integer' | 'number' | 'date' | 'boolean' | 'strings';

/** The name each protocol gives a queryable; a protocol without one does not know it. */
export interface ProtocolNames {
  /** STAC property, e.g. `eo:cloud_cover`. */
  readonly stac?: string;
  /** OpenSearch EO (OGC 13-026r9) parameter. */
  readonly opensearch?: string;
  /** resto 2.x parameter. */
  readonly resto?: string;
  /** CDSE OData v4 attribute (or property path). */
  readonly odata?: string;
  /** DHuS OpenSearch field, lower case. */
  readonly dhus?: string;
  /** DHuS OData v1 attribute as shown to people. */
  readonly dhusAttribute?: string;
  /** CSW ISO AP / EO queryable, without prefix. */
  readonly csw?: string;
}

/** One thing products can be searched, sorted and counted by. `core` ones are parts of every product row; the others live in `Product.properties`. */
export interface Queryable {
  readonly name: string;
  readonly type: QueryableType;
  readonly core: boolean;
  readonly title: string;
  /** UCUM-like unit of numbers. */
  readonly unit?: string;
  readonly names: ProtocolNames;
}

/** A queryable as the tables of the vocabulary hold it. */
export type QueryableRow = readonly [
  name: string,
  type: QueryableType,
  title: string,
  names: ProtocolNames,
  unit?: string,
];
