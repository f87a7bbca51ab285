import { QUERYABLES, type Queryable, type QueryableType } from '#domain/catalog/queryables.js';

const TYPES: Readonly<Record<QueryableType, object>> = {
  string: { type: 'string' },
  integer: { type: 'integer' },
  number: { type: 'number' },
  date: { type: 'string', format: 'date-time' },
  boolean: { type: 'boolean' },
  strings: { type: 'array', items: { type: 'string' } },
};

/** The queryables (OGC 19-079r2 §6.2) as JSON Schema: the vocabulary under its STAC names. `href` is where it is served. */
export function writeQueryables(href: string): object {
  const properties = Object.fromEntries(
    QUERYABLES.flatMap((queryable) =>
      queryable.names.stac === undefined ? [] : [[queryable.names.stac, writeQueryable(queryable)]],
    ),
  );
  return {
    $schema: 'https://json-schema.org/draft/2019-09/schema',
    $id: href,
    type: 'object',
    title: 'Queryables',
    properties: {
      ...properties,
      datetime: { title: 'Acquisition', ...TYPES.date },
      geometry: { title: 'Footprint', $ref: 'https://geojson.org/schema/Geometry.json' },
    },
    additionalProperties: true,
  };
}

function writeQueryable({ title, type, unit, name }: Queryable): object {
  const described = { title: unit === undefined ? title : `${title} (${unit})` };
  return name === 'instrument' ? { ...described, ...TYPES.strings } : { ...described, ...TYPES[type] };
}
