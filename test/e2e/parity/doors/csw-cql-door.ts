import type { Filter, Literal, SortKey } from '#domain/catalog/catalog-query.js';
import { parseProductIdentifier } from '#protocols/opensearch/product-identifier.js';
import { parseXml } from '#protocols/xml/parse-xml.js';
import { attribute, descendants, textOf } from '#protocols/xml/xml-path.js';
import { writeWkt } from '#protocols/wkt/write-wkt.js';
import { boxOf, nameIn, parentIdentifier } from '../door-names.js';
import { sayable, type Door, type DoorAnswer, type DoorRequest } from '../door.js';
import { conditionsOf, type Question } from '../question.js';
import { speak, type Language } from '../speak.js';

const OPERATORS = { eq: '=', ne: '<>', lt: '<', le: '<=', gt: '>', ge: '>=' } as const;

/** CSW 2.0.2 GetRecords by KVP, the constraint in CQL_TEXT. */
export const cswCqlDoor: Door = {
  name: 'CSW 2.0.2 CQL',
  ask: (question) => sayable(() => request(question)),
  read: readRecords,
};

function request(question: Question): DoorRequest {
  const { collections, limit, offset, sort } = question;
  const parts = [
    "apiso:Type = 'dataset'",
    ...(collections === undefined
      ? []
      : [`(${collections.map((id) => `apiso:ParentIdentifier = '${parentIdentifier(id)}'`).join(' OR ')})`]),
    ...conditionsOf(question).map(sayCql),
  ];
  const parameters = new URLSearchParams({
    service: 'CSW',
    version: '2.0.2',
    request: 'GetRecords',
    typeNames: 'csw:Record',
    elementSetName: 'brief',
    resultType: 'results',
    constraintLanguage: 'CQL_TEXT',
    constraint_language_version: '1.1.0',
    constraint: parts.join(' AND '),
    startPosition: String(offset + 1),
    maxRecords: String(limit),
    sortBy: sort.map(saySort).join(','),
  });
  return { path: `/csw?${parameters.toString()}` };
}

function saySort({ property, direction }: SortKey): string {
  return `${queryable(property)}:${direction === 'asc' ? 'A' : 'D'}`;
}

function queryable(property: string): string {
  return `apiso:${nameIn('csw', property)}`;
}

const CQL: Language<string> = {
  joined: ({ op, args }) => `(${args.map(sayCql).join(op === 'and' ? ' AND ' : ' OR ')})`,
  not: ({ arg }) => `NOT (${sayCql(arg)})`,
  compared: ({ op, property, value }) => `${queryable(property)} ${OPERATORS[op]} ${sayLiteral(value)}`,
  in: ({ property, values }) => `${queryable(property)} IN (${values.map(sayLiteral).join(', ')})`,
  between: ({ property, lower, upper }) =>
    `${queryable(property)} BETWEEN ${sayLiteral(lower)} AND ${sayLiteral(upper)}`,
  like: ({ property, pattern }) => `${queryable(property)} LIKE ${sayLiteral(pattern)}`,
  spatial: ({ geometry }) => sayArea(geometry),
};

function sayCql(filter: Filter): string {
  return speak(filter, CQL);
}

function sayArea(geometry: Parameters<typeof boxOf>[0]): string {
  const box = boxOf(geometry);
  return box === undefined
    ? `INTERSECTS(ows:BoundingBox, ${writeWkt(geometry)})`
    : `BBOX(ows:BoundingBox, ${box.join(', ')})`;
}

function sayLiteral(value: Literal): string {
  if (value instanceof Date) return `'${value.toISOString()}'`;
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

/** Identifiers and count of a GetRecords response of either version. */
export function readRecords(body: string): DoorAnswer {
  const root = parseXml(body);
  const results = descendants(root, 'SearchResults')[0];
  const matched = attribute(results, 'numberOfRecordsMatched');
  if (matched === undefined) throw new Error(body.slice(0, 2000));
  return {
    ids: descendants(root, 'identifier').map((element) => parseProductIdentifier(textOf(element) ?? '')),
    total: Number(matched),
  };
}
