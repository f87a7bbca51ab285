import type { Filter, Literal, SortKey } from '#domain/catalog/catalog-query.js';
import { SENTINEL_COLLECTIONS } from '#domain/collection/sentinel-collections.js';
import { onlyOne } from '../door-names.js';
import { NoWords, sayable, type Door, type DoorRequest } from '../door.js';
import { conditionsOf, type Question } from '../question.js';
import { speak, type Language } from '../speak.js';

const PATHS: Readonly<Record<string, string>> = {
  uuid: 'Id',
  id: 'Name',
  acquiredFrom: 'ContentDate/Start',
  acquiredTo: 'ContentDate/End',
  published: 'CreationDate',
  updated: 'ModificationDate',
  size: 'ContentLength',
};

/** OData v1 of DHuS (the OData 2.0 protocol): what its synchronisers ask; it has no attributes to filter by and no areas. */
export const odata2Door: Door = {
  name: 'DHuS OData v1',
  ask: (question) => sayable(() => request(question)),
  read: (body) => {
    const { d } = JSON.parse(body) as { d: { results: readonly { Name: string }[]; __count: string } };
    return { ids: d.results.map(({ Name }) => Name), total: Number(d.__count) };
  },
};

function request(question: Question): DoorRequest {
  const { collections, limit, offset, sort } = question;
  const filters = conditionsOf(question).map(say);
  const parameters = new URLSearchParams({
    $format: 'json',
    ...(filters.length === 0 ? {} : { $filter: filters.join(' and ') }),
    $orderby: sort.map(order).join(','),
    $top: String(limit),
    $skip: String(offset),
    $inlinecount: 'allpages',
  });
  const collection = collections === undefined ? undefined : shortName(onlyOne(collections));
  const set = collection === undefined ? 'Products' : `Collections('${collection}')/Products`;
  return { path: `/dhus/odata/v1/${set}?${parameters.toString()}` };
}

function shortName(collection: string): string | undefined {
  return SENTINEL_COLLECTIONS.find(({ id }) => id === collection)?.shortName;
}

function path(property: string): string {
  const found = PATHS[property];
  if (found === undefined) throw new NoWords(property);
  return found;
}

function order({ property, direction }: SortKey): string {
  return `${path(property)} ${direction}`;
}

const ODATA: Language<string> = {
  joined: ({ op, args }) => `(${args.map(say).join(` ${op} `)})`,
  not: ({ arg }) => `not (${say(arg)})`,
  compared: ({ op, property, value }) => `${path(property)} ${op} ${literal(value)}`,
  like: ({ pattern, property }) => sayLike(pattern, property),
  temporal: ({ interval: { start, end } }) =>
    `(ContentDate/Start le ${literal(end!)} and ContentDate/End ge ${literal(start!)})`,
};

function say(filter: Filter): string {
  return speak(filter, ODATA);
}

function literal(value: Literal): string {
  if (value instanceof Date) return `datetime'${value.toISOString().replace('Z', '')}'`;
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

function sayLike(pattern: string, property: string): string {
  const text = pattern.replaceAll('\\', '');
  const word = text.replaceAll('%', '');
  if (text.startsWith('%')) return `substringof('${word}',${path(property)})`;
  return `startswith(${path(property)},'${word}')`;
}
