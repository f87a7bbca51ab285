import type { Filter, Literal, SortKey } from '#domain/catalog/catalog-query.js';
import { findQueryable } from '#domain/catalog/queryables.js';
import { parseProductIdentifier } from '#protocols/opensearch/product-identifier.js';
import { writeEwkt } from '#protocols/wkt/write-wkt.js';
import { nameIn } from '../door-names.js';
import { NoWords, sayable, type Door, type DoorRequest } from '../door.js';
import { conditionsOf, type Question } from '../question.js';
import { speak, type Language } from '../speak.js';

const PATHS: Readonly<Record<string, string>> = {
  uuid: 'Id',
  id: 'Name',
  acquiredFrom: 'ContentDate/Start',
  acquiredTo: 'ContentDate/End',
  published: 'PublicationDate',
  updated: 'ModificationDate',
  size: 'ContentLength',
};

/** OData v4 as CDSE has it. */
export const odata4Door: Door = {
  name: 'OData v4',
  ask: (question) => sayable(() => request(question)),
  read: (body) => {
    const answer = JSON.parse(body) as { value: readonly { Name: string }[]; '@odata.count': number };
    return { ids: answer.value.map(({ Name }) => parseProductIdentifier(Name)), total: answer['@odata.count'] };
  },
};

function request(question: Question): DoorRequest {
  const { collections, limit, offset, sort } = question;
  const parts = [
    ...(collections === undefined ? [] : [`(${collections.map((id) => `Collection/Name eq '${id}'`).join(' or ')})`]),
    ...conditionsOf(question).map(say),
  ];
  const parameters = new URLSearchParams({
    ...(parts.length === 0 ? {} : { $filter: parts.join(' and ') }),
    $orderby: sort.map(order).join(','),
    $top: String(limit),
    $skip: String(offset),
    $count: 'True',
  });
  return { path: `/odata/v1/Products?${parameters.toString()}` };
}

function order({ property, direction }: SortKey): string {
  const path = PATHS[property];
  if (path === undefined) throw new NoWords(`ordered by ${property}`);
  return `${path} ${direction}`;
}

const ODATA: Language<string> = {
  joined: ({ op, args }) => `(${args.map(say).join(` ${op} `)})`,
  not: ({ arg }) => sayNot(arg),
  compared: ({ op, property, value }) => compare(property, op, value),
  in: ({ property, values }) => `(${values.map((value) => compare(property, 'eq', value)).join(' or ')})`,
  between: ({ property, lower, upper }) => `(${compare(property, 'ge', lower)} and ${compare(property, 'le', upper)})`,
  like: ({ pattern, property }) => sayLike(pattern, property),
  spatial: ({ geometry }) => `OData.CSC.Intersects(area=geography'${writeEwkt(geometry)}')`,
  temporal: ({ interval: { start, end } }) =>
    `(ContentDate/Start le ${literal(end!)} and ContentDate/End ge ${literal(start!)})`,
};

function say(filter: Filter): string {
  return speak(filter, ODATA);
}

/** What has no cloud cover is in OData none of the cloudy, so that the `not` of the catalogue, which speaks of those that have one, goes inside the lambda. */
function sayNot(arg: Filter): string {
  const text = say(arg);
  if (!('property' in arg) || !text.startsWith('Attributes/')) return `not (${text})`;
  return text.replace(/ and (att\/OData\.CSC\.\w+\/Value .*)\)$/s, ' and not ($1))');
}

function compare(property: string, operator: string, value: Literal): string {
  const path = PATHS[property];
  if (path !== undefined) return `${path} ${operator} ${literal(value)}`;
  if (property === 'online') throw new NoWords('the state beyond online or not');
  const name = nameIn('odata', property);
  const type = TYPES[findQueryable(property)?.type ?? 'string'];
  return `Attributes/OData.CSC.${type}Attribute/any(att:att/Name eq '${name}' and att/OData.CSC.${type}Attribute/Value ${operator} ${literal(value)})`;
}

const TYPES = {
  string: 'String',
  strings: 'String',
  boolean: 'String',
  integer: 'Integer',
  number: 'Double',
  date: 'DateTimeOffset',
} as const;

function literal(value: Literal): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

function sayLike(pattern: string, property: string): string {
  const text = pattern.replaceAll('\\', '');
  const [starts, ends] = [text.startsWith('%'), text.endsWith('%')];
  const call = starts && ends ? 'contains' : ends ? 'startswith' : 'endswith';
  return `${call}(${PATHS[property]},'${text.replaceAll('%', '')}')`;
}
