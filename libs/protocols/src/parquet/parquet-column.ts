import { geojsonToWkb, type SchemaElement } from 'hyparquet-writer';
import { microsecondsOf, type JsonShape } from './json-shape.js';

/** Brings a value as JSON has it into what a column takes. */
type Encode = (value: unknown) => unknown;

/** A column: what the schema says of it and how values get into it. Parquet has no group without a field: such a shape has no column. */
export interface ParquetColumn {
  readonly name: string;
  readonly elements: readonly SchemaElement[];
  encode(value: unknown): unknown;
}

/** The column for values of a shape (Parquet LogicalTypes: nested types are lists of three levels and groups). Undefined where none had any content. */
export function parquetColumn(name: string, shape: JsonShape): ParquetColumn | undefined {
  switch (shape.kind) {
    case 'nothing':
      return undefined;
    case 'list':
      return listColumn(name, shape);
    case 'record':
      return recordColumn(name, shape);
    case 'text':
      return leaf(name, TEXT, (value) => value);
    case 'json':
      return leaf(name, TEXT, (value) => JSON.stringify(value));
    case 'integer':
      return leaf(name, { type: 'INT64' }, (value) => BigInt(value as number));
    case 'number':
      return leaf(name, { type: 'DOUBLE' }, (value) => value);
    case 'boolean':
      return leaf(name, { type: 'BOOLEAN' }, (value) => value);
    case 'instant':
      return leaf(name, { type: 'INT64', converted_type: 'TIMESTAMP_MICROS' }, (value) =>
        microsecondsOf(value as string),
      );
  }
}

/** A column of GeoJSON geometries, as WKB (GeoParquet 1.1.0 §encoding). */
export function geometryColumn(name: string): ParquetColumn {
  return leaf(name, { type: 'BYTE_ARRAY' }, (value) => geojsonToWkb(value as Parameters<typeof geojsonToWkb>[0]));
}

const TEXT = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;

function leaf(name: string, type: Omit<SchemaElement, 'name'>, encode: Encode): ParquetColumn {
  return { name, elements: [{ name, ...type, repetition_type: 'OPTIONAL' }], encode: unlessAbsent(encode) };
}

function listColumn(name: string, { items }: JsonShape): ParquetColumn {
  const element = (items && parquetColumn('element', items)) ?? leaf('element', TEXT, () => undefined);
  return {
    name,
    elements: [
      { name, converted_type: 'LIST', num_children: 1, repetition_type: 'OPTIONAL' },
      { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
      ...element.elements,
    ],
    encode: unlessAbsent((value) => (value as readonly unknown[]).map((each) => element.encode(each))),
  };
}

function recordColumn(name: string, shape: JsonShape): ParquetColumn | undefined {
  const fields = [...shape.fields].flatMap(([field, inner]) => parquetColumn(field, inner) ?? []);
  if (fields.length === 0) return undefined;
  return {
    name,
    elements: [
      { name, num_children: fields.length, repetition_type: 'OPTIONAL' },
      ...fields.flatMap(({ elements }) => elements),
    ],
    encode: unlessAbsent((value) => {
      const record = value as Readonly<Record<string, unknown>>;
      return Object.fromEntries(fields.map((field) => [field.name, field.encode(own(record, field.name))]));
    }),
  };
}

/** The value of a record's own field. */
export function own(record: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function unlessAbsent(encode: Encode): Encode {
  return (value) => (value === null || value === undefined ? undefined : encode(value));
}
