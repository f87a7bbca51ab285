import { QUERYABLES, type Queryable, type QueryableType } from '#domain/catalog/queryables.js';
import type { Collection } from '#domain/collection/collection.js';
import { LATEST } from './stac-names.js';

const TYPES: Readonly<Record<QueryableType, object>> = {
  string: { type: 'string' },
  integer: { type: 'integer' },
  number: { type: 'number' },
  date: { type: 'string', format: 'date-time' },
  boolean: { type: 'boolean' },
  strings: { type: 'array', items: { type: 'string' } },
};

/** The JSON Schema of a queryable's values. */
export function typeOf(type: QueryableType): object {
  return TYPES[type];
}

const SHARE = { minimum: 0, maximum: 100 };

/** What is known of values whatever the collection. */
const RANGES: Readonly<Record<string, object>> = {
  cloudCover: SHARE,
  snowCover: SHARE,
  sunElevation: { minimum: -90, maximum: 90 },
  sunAzimuth: { minimum: 0, maximum: 360 },
  offNadir: { minimum: 0, maximum: 90 },
  incidenceAngle: { minimum: 0, maximum: 90 },
  absoluteOrbit: { minimum: 1 },
  relativeOrbit: { minimum: 1 },
  orbitDirection: { enum: ['ascending', 'descending'] },
  lookDirection: { enum: ['left', 'right'] },
  polarisations: { items: { type: 'string', enum: ['HH', 'HV', 'VH', 'VV'] } },
  resolution: { exclusiveMinimum: 0 },
};

/** What only radars, and only the others, have. */
const RADAR = /^(sar|s1):/;
const OPTICAL = /^(eo|s2|view:sun_)/;

/** The queryables (OGC 19-079r2 §6.2) as JSON Schema: the vocabulary under its STAC names; of a collection those its items can have. `href` is where it is served. */
export function writeQueryables(href: string, collection?: Collection): object {
  const properties = Object.fromEntries(
    QUERYABLES.flatMap((queryable) => {
      const name = queryable.names.stac;
      return name === undefined || !concerns(name, collection) ? [] : [[name, writeQueryable(queryable, collection)]];
    }),
  );
  return {
    $schema: 'https://json-schema.org/draft/2019-09/schema',
    $id: href,
    type: 'object',
    title: collection === undefined ? 'Queryables' : `Queryables of ${collection.title}`,
    properties: {
      ...properties,
      [LATEST]: { title: 'Latest processing of its scene', ...TYPES.boolean },
      datetime: { title: 'Acquisition', ...TYPES.date },
      geometry: { title: 'Footprint', $ref: 'https://geojson.org/schema/Geometry.json' },
    },
    additionalProperties: true,
  };
}

/** Whether products of a collection can have what a STAC property tells: radars have no clouds, others no polarisation. */
export function concerns(name: string, collection: Collection | undefined): boolean {
  if (collection === undefined) return true;
  return !(collection.sensorType === 'RADAR' ? OPTICAL : RADAR).test(name);
}

function writeQueryable({ title, type, unit, name }: Queryable, collection: Collection | undefined): object {
  return {
    title: unit === undefined ? title : `${title} (${unit})`,
    ...(name === 'instrument' ? TYPES.strings : TYPES[type]),
    ...RANGES[name],
    ...(collection === undefined ? {} : valuesOf(name, collection)),
  };
}

/** The values a collection's definition allows; not its own id, for eodag holds its name of the collection against these. */
function valuesOf(name: string, collection: Collection): object {
  switch (name) {
    case 'platform':
      return { enum: collection.platforms };
    case 'constellation':
      return { enum: [collection.mission.toLowerCase()] };
    case 'instrument':
      return { items: { type: 'string', enum: [collection.instrument] } };
    case 'productType':
      return { enum: collection.productTypes };
    case 'processingLevel':
      return { enum: [collection.processingLevel] };
    default:
      return {};
  }
}
