import type { Filter } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import { areaFilters } from '../opensearch/area-filters.js';
import { parseDatedParameter } from '../opensearch/dated-parameter.js';
import { parseProductIdentifier } from '../opensearch/product-identifier.js';
import { parseSearchTerm, type TermBound } from '../opensearch/search-term.js';
import { synonymFilter } from '../opensearch/term-synonyms.js';
import { termFilter } from '../opensearch/term-filter.js';
import type { Kvp } from '../ows/kvp.js';
import { COVERS, findRestoProperty } from './resto-parameters.js';

/** The conditions of a search. Parameters the vocabulary does not know are left out, as resto does. Throws InvalidError naming the parameter. */
export function restoConditions(kvp: Kvp): readonly Filter[] {
  const special = [...kvp].flatMap(([name, text]) =>
    Object.hasOwn(CONDITIONS, name) ? (CONDITIONS[name]?.(text) ?? []) : [],
  );
  const covers = COVERS.flatMap((name) => {
    const text = kvp.get(name.toUpperCase());
    return text === undefined ? [] : [coverFilter(name, text)];
  });
  const properties = [...kvp].flatMap(([name, text]) => {
    const queryable = findRestoProperty(name);
    return queryable === undefined ? [] : [anyOf(text, (value) => termFilter(queryable, value, name.toLowerCase()))];
  });
  return [...special, ...restoArea(kvp), ...properties, ...covers];
}

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

const CONDITIONS: Readonly<Record<string, (text: string) => readonly Filter[]>> = {
  Q: (text) => [{ op: 'text', text }],
  IDENTIFIER: (text) => [
    UUID.test(text.trim())
      ? { op: 'eq', property: 'uuid', value: text.trim() }
      : { op: 'eq', property: 'id', value: parseProductIdentifier(text) },
  ],
  // Both are about the begin of the acquisition (resto 2.2).
  STARTDATE: (text) => [{ op: 'ge', property: 'acquiredFrom', value: parseDatedParameter(text, 'startDate').start }],
  COMPLETIONDATE: (text) => [
    { op: 'le', property: 'acquiredFrom', value: parseDatedParameter(text, 'completionDate').end },
  ],
  UPDATED: (text) => [{ op: 'ge', property: 'updated', value: parseDatedParameter(text, 'updated').start }],
  PUBLISHEDAFTER: (text) => [
    { op: 'ge', property: 'published', value: parseDatedParameter(text, 'publishedAfter').start },
  ],
  PUBLISHEDBEFORE: (text) => [
    { op: 'le', property: 'published', value: parseDatedParameter(text, 'publishedBefore').end },
  ],
  STATUS: (text) => [anyOf(text, statusFilter)],
  PRODUCTIDENTIFIER: (text) => [nameFilter(text)],
  // Everything here is made by ESA; others have made nothing.
  ORGANISATIONNAME: (text) => [{ op: 'constant', value: text.trim().toUpperCase() === 'ESA' }],
};

/** `a|b` is either. */
function anyOf(text: string, write: (value: string) => Filter): Filter {
  const args = text.split('|').map((value) => write(value.trim()));
  return args.length === 1 && args[0] !== undefined ? args[0] : { op: 'or', args };
}

function statusFilter(text: string): Filter {
  const filter = synonymFilter('online', text);
  if (filter !== undefined && !(filter.op === 'in' && filter.values.length === 0)) return filter;
  throw new InvalidError(`status: "${text}" is none of ONLINE, OFFLINE, ALL, 0, 31, 32, 34, 37`, { subject: 'status' });
}

/** A path in front of the name and the extensions behind it are left out; `%` stands for anything, `_` for itself. */
function nameFilter(text: string): Filter {
  const name = text.trim();
  if (!name.includes('%')) return { op: 'eq', property: 'id', value: parseProductIdentifier(name) };
  const last = name.slice(name.lastIndexOf('/') + 1);
  const anywhere = last !== name && name.slice(0, name.lastIndexOf('/')).includes('%') ? '%' : '';
  const pattern = last.replaceAll(/\.(SAFE|SEN3|nc|zip)\b/gi, '').replaceAll(/[\\_]/g, String.raw`\$&`);
  return { op: 'like', property: 'id', pattern: `${anywhere}${pattern}` };
}

/** The area's parameters under the names OpenSearch has here. */
function restoArea(kvp: Kvp): readonly Filter[] {
  const names = [
    ['bbox', 'BOX'],
    ['geometry', 'GEOMETRY'],
    ['lat', 'LAT'],
    ['lon', 'LON'],
    ['radius', 'RADIUS'],
  ] as const;
  const given = names.flatMap(([name, key]) => {
    const value = kvp.get(key);
    return value === undefined ? [] : [[name, value] as const];
  });
  try {
    return areaFilters(new Map(given));
  } catch (cause) {
    if (!(cause instanceof InvalidError) || cause.subject !== 'bbox') throw cause;
    throw new InvalidError(cause.message.replace(/^bbox/, 'box'), { subject: 'box', cause });
  }
}

/** An interval of percent over a property outside the vocabulary. */
function coverFilter(name: string, text: string): Filter {
  try {
    const property = `extra:${name}`;
    const term = parseSearchTerm(text);
    if (term.kind === 'values') return { op: 'in', property, values: term.values.map(percent) };
    const args = [coverBound(property, term.lower, 'lower'), coverBound(property, term.upper, 'upper')];
    return { op: 'and', args: args.filter((arg) => arg !== undefined) };
  } catch (cause) {
    if (!(cause instanceof InvalidError)) throw cause;
    throw new InvalidError(`${name}: ${cause.message}`, { subject: name, cause });
  }
}

function coverBound(property: string, bound: TermBound | undefined, side: 'lower' | 'upper'): Filter | undefined {
  if (bound === undefined) return undefined;
  const strict = side === 'lower' ? 'gt' : 'lt';
  const inclusive = side === 'lower' ? 'ge' : 'le';
  return { op: bound.inclusive ? inclusive : strict, property, value: percent(bound.value) };
}

function percent(text: string): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(number)) return number;
  throw new InvalidError(`"${text}" is not a number`);
}
