import type { Filter, Literal, SortKey } from '#domain/catalog/catalog-query.js';
import { parseProductIdentifier } from '#protocols/opensearch/product-identifier.js';
import { writeWkt } from '#protocols/wkt/write-wkt.js';
import { parseXml } from '#protocols/xml/parse-xml.js';
import { descendants, textAt, textOf } from '#protocols/xml/xml-path.js';
import { boxOf, nameIn, onlyOne, parentIdentifier } from '../door-names.js';
import { NoWords, sayable, type Door, type DoorAnswer, type DoorRequest } from '../door.js';
import { conditionsOf, type Question } from '../question.js';
import { speak, withRanges, type Compared, type Language } from '../speak.js';

const SORTED: Readonly<Record<string, string>> = { acquiredFrom: 'startDate', acquiredTo: 'endDate' };

/** OpenSearch with the EO extension, in Atom. */
export const openSearchAtomDoor: Door = {
  name: 'OpenSearch Atom',
  ask: (question) => sayable(() => request(question, { httpAccept: 'application/atom+xml' })),
  read: (body) => {
    const feed = parseXml(body);
    return {
      ids: descendants(feed, 'entry').map((entry) => parseProductIdentifier(textAt(entry, 'title') ?? '')),
      total: numberAt(textAt(feed, 'totalResults')),
    };
  },
};

/** The same in GeoJSON (OGC 17-047). */
export const openSearchJsonDoor: Door = {
  name: 'OpenSearch GeoJSON',
  ask: (question) => sayable(() => request(question, { httpAccept: 'application/geo+json' })),
  read: (body) => {
    const answer = JSON.parse(body) as { totalResults?: number; features: readonly GeoJsonEntry[] };
    const ids = answer.features.map(({ properties }) => parseProductIdentifier(properties.identifier));
    return { ids, total: answer.totalResults };
  },
};

interface GeoJsonEntry {
  readonly properties: { readonly identifier: string };
}

/** The same by SRU with O&M records, as code-de-transfer.sh asks. */
export const sruDoor: Door = {
  name: 'SRU O&M',
  ask: (question) => sayable(() => request(question, { httpAccept: 'application/sru+xml', recordSchema: 'om' })),
  read: readSru,
};

function readSru(body: string): DoorAnswer {
  const response = parseXml(body);
  return {
    ids: descendants(response, 'identifier').map((element) => parseProductIdentifier(textOf(element) ?? '')),
    total: numberAt(textAt(response, 'numberOfRecords')),
  };
}

function numberAt(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function request(question: Question, form: Readonly<Record<string, string>>): DoorRequest {
  const { collections, limit, offset, sort } = question;
  const [key, second] = sort;
  if (key === undefined || second !== undefined) throw new NoWords('several sort keys');
  const given: (readonly [string, string])[] = [
    ...(collections === undefined ? [] : [['parentIdentifier', parentIdentifier(onlyOne(collections))] as const]),
    ...withRanges(conditionsOf(question)).map(say),
  ];
  const parameters = new URLSearchParams({
    ...form,
    maximumRecords: String(limit),
    startRecord: String(offset + 1),
    sortBy: sortName(key),
    sortDir: key.direction.toUpperCase(),
  });
  const names = new Set<string>();
  for (const [name, value] of given) {
    if (names.has(name)) throw new NoWords(`${name} twice`);
    names.add(name);
    parameters.append(name, value);
  }
  return { path: `/opensearch/request?${parameters.toString()}` };
}

function sortName({ property }: SortKey): string {
  return SORTED[property] ?? nameIn('opensearch', property);
}

/** The value syntax of OGC 13-026r9 §7.3. */
const RANGES: Readonly<Record<Compared['op'], (value: string) => string>> = {
  eq: (value) => value,
  ne: () => {
    throw new NoWords('ne');
  },
  lt: (value) => `${value}[`,
  le: (value) => `${value}]`,
  gt: (value) => `]${value}`,
  ge: (value) => `[${value}`,
};

const PARAMETERS: Language<readonly [string, string]> = {
  compared: ({ op, property, value }) => [nameIn('opensearch', property), RANGES[op](literal(value))],
  in: ({ property, values }) => [nameIn('opensearch', property), `{${values.map(literal).join(',')}}`],
  between: ({ property, lower, upper }) => [nameIn('opensearch', property), `[${literal(lower)},${literal(upper)}]`],
  spatial: ({ geometry }) => {
    const box = boxOf(geometry);
    return box === undefined ? ['geometry', writeWkt(geometry)] : ['bbox', box.join(',')];
  },
};

function say(filter: Filter): readonly [string, string] {
  return speak(filter, PARAMETERS);
}

function literal(value: Literal): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
