import type { Filter, Literal, SortKey } from '#domain/catalog/catalog-query.js';
import { parseProductIdentifier } from '#protocols/opensearch/product-identifier.js';
import { writeWkt } from '#protocols/wkt/write-wkt.js';
import { boxOf, nameIn, onlyOne } from '../door-names.js';
import { NoWords, sayable, type Door, type DoorRequest } from '../door.js';
import { conditionsOf, type Question } from '../question.js';
import { speak, withRanges, type Compared, type Language } from '../speak.js';

/** resto 2.x with the extras of CREODIAS. Its `startDate` and `completionDate` both speak of the begin of the acquisition. */
export const restoDoor: Door = {
  name: 'resto',
  ask: (question) => sayable(() => request(question)),
  read: (body) => {
    const answer = JSON.parse(body) as {
      properties: { totalResults: number };
      features: readonly { properties: { title: string } }[];
    };
    return {
      ids: answer.features.map(({ properties }) => parseProductIdentifier(properties.title)),
      total: answer.properties.totalResults,
    };
  },
};

function request(question: Question): DoorRequest {
  const { collections, limit, offset, sort } = question;
  const [key, second] = sort;
  if (key === undefined || second !== undefined) throw new NoWords('several sort keys');
  const parameters = new URLSearchParams({
    maxRecords: String(limit),
    index: String(offset + 1),
    sortParam: sortName(key),
    sortOrder: key.direction === 'asc' ? 'ascending' : 'descending',
  });
  for (const [name, value] of withRanges(conditionsOf(question)).flatMap(say)) {
    if (parameters.has(name)) throw new NoWords(`${name} twice`);
    parameters.append(name, value);
  }
  const collection = collections === undefined ? '' : `/${onlyOne(collections)}`;
  return { path: `/resto/api/collections${collection}/search.json?${parameters.toString()}` };
}

function sortName({ property }: SortKey): string {
  return nameIn('resto', property);
}

type Said = readonly (readonly [string, string])[];

const PARAMETERS: Language<Said> = {
  compared: (filter) => [compared(filter)],
  between: ({ property, lower, upper }) =>
    property === 'acquiredFrom'
      ? [
          ['startDate', literal(lower)],
          ['completionDate', literal(upper)],
        ]
      : [[nameIn('resto', property), `[${literal(lower)},${literal(upper)}]`]],
  like: ({ property, pattern }) => [[nameIn('resto', property), pattern.replaceAll('\\', '')]],
  spatial: ({ geometry }) => {
    const box = boxOf(geometry);
    return [box === undefined ? ['geometry', writeWkt(geometry)] : ['box', box.join(',')]];
  },
};

function say(filter: Filter): Said {
  return speak(filter, PARAMETERS);
}

const RANGES: Readonly<Record<Exclude<Compared['op'], 'eq' | 'ne'>, (value: string) => string>> = {
  lt: (value) => `${value}[`,
  le: (value) => `${value}]`,
  gt: (value) => `]${value}`,
  ge: (value) => `[${value}`,
};

function compared({ op, property, value }: Compared): readonly [string, string] {
  if (op === 'ne' || property === 'online') throw new NoWords(property);
  if (op === 'eq') return [nameIn('resto', property), literal(value)];
  if (op === 'ge' && property === 'published') return ['publishedAfter', literal(value)];
  return [bounded(property), RANGES[op](literal(value))];
}

/** Dates have no ranges in resto. */
function bounded(property: string): string {
  if (['acquiredFrom', 'acquiredTo', 'published', 'updated'].includes(property)) throw new NoWords(property);
  return nameIn('resto', property);
}

function literal(value: Literal): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
