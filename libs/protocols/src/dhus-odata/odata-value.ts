/** A value of a property; a number is an Edm.Int64, a Date an Edm.DateTime in UTC, a record a complex type. */
export type ODataValue = string | number | boolean | Date | null | ComplexValue;

/** A value of a complex type, its properties in order. */
export interface ComplexValue {
  readonly type: string;
  readonly properties: readonly ODataProperty[];
}

/** A named value. */
export interface ODataProperty {
  readonly name: string;
  readonly value: ODataValue;
}

/** What an entity leads to: its entities where they are part of the answer (`$expand`), else just the address. */
export interface NavigationLink {
  readonly name: string;
  readonly inline?: ODataEntity | readonly ODataEntity[];
  readonly many: boolean;
}

/** An entity of the service as both forms write it. */
export interface ODataEntity {
  /** Name of its type without namespace. */
  readonly type: 'Product' | 'Node' | 'Attribute' | 'Class' | 'Collection' | 'DeletedProduct';
  /** Path behind the service root, keys encoded: `Products('…')`. */
  readonly path: string;
  readonly title: string;
  readonly updated: Date;
  /** Media type of its `$value`, for entities with bytes. */
  readonly mediaType?: string;
  readonly properties: readonly ODataProperty[];
  readonly links: readonly NavigationLink[];
}

/** Whether a value is one of a complex type. */
export function isComplex(value: ODataValue): value is ComplexValue {
  return typeof value === 'object' && value !== null && !(value instanceof Date);
}

/** A key as it stands in a path: quoted, quotes doubled, percent-encoded. */
export function pathKey(key: string): string {
  return `('${encodeURIComponent(key.replaceAll("'", "''"))}')`;
}

/** A primitive as text: `$value`, Atom properties. Dates have no zone (Edm.DateTime). */
export function writePrimitive(value: Exclude<ODataValue, ComplexValue | null>): string {
  return value instanceof Date ? value.toISOString().replace('Z', '') : String(value);
}
