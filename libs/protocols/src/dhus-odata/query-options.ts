import type { Filter, SortKey } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import type { QueryString } from '../dhus/query-string.js';
import { compileODataFilter } from '../odata/compile-odata-filter.js';
import type { ODataVocabulary } from '../odata/odata-vocabulary.js';
import { parseODataExpression } from '../odata/parse-odata-expression.js';
import { withoutYears } from './year-condition.js';

/** Entities of a page unless asked otherwise, and the most there can be; past it a link leads on. */
export const ODATA_PAGE = { default: 100, most: 1_000 } as const;

/** A checked set of query options of a collection of entities. */
export interface CollectionOptions {
  readonly filter?: Filter;
  readonly sort: readonly SortKey[];
  readonly skip: number;
  readonly limit: number;
  /** Whether the client asked for fewer than the service would give: then there is no link to the rest. */
  readonly isClientPage: boolean;
  readonly inlineCount: boolean;
}

/** What an answer shows of entities. */
export interface EntityOptions {
  readonly expand: readonly string[];
  /** Undefined: everything. */
  readonly select?: readonly string[];
}

/** The form of the answer by `$format`, else by the Accept field; Atom is the default. Throws InvalidError for others. */
export function parseODataFormat(parameters: QueryString, accept: string | undefined): 'json' | 'atom' {
  const format = parameters.get('$format')?.trim().toLowerCase();
  if (format === undefined || format === '') return /\bapplication\/json\b/i.test(accept ?? '') ? 'json' : 'atom';
  if (/^(?:application\/)?json\b/.test(format)) return 'json';
  if (/^(?:atom|xml|application\/(?:atom\+xml|xml|atom xml))\b/.test(format)) return 'atom';
  throw new InvalidError(`$format: "${format.slice(0, 40)}" is not served; take json or atom.`, { subject: '$format' });
}

/** `$filter`, `$orderby`, `$top`, `$skip`, `$inlinecount` (OData 2.0 URI conventions §4). `order` is how entities come unless asked otherwise. Throws InvalidError. */
export function parseCollectionOptions(
  parameters: QueryString,
  vocabulary: ODataVocabulary,
  order: readonly SortKey[],
): CollectionOptions {
  const top = wholeNumber(parameters, '$top');
  return {
    ...filterOption(optionOf(parameters, '$filter'), vocabulary),
    sort: sortOption(optionOf(parameters, '$orderby'), vocabulary) ?? order,
    skip: wholeNumber(parameters, '$skip') ?? 0,
    limit: Math.min(top ?? ODATA_PAGE.default, ODATA_PAGE.most),
    isClientPage: top !== undefined && top <= ODATA_PAGE.most,
    inlineCount: inlineCount(optionOf(parameters, '$inlinecount')),
  };
}

function optionOf(parameters: QueryString, name: string): string {
  return parameters.get(name)?.trim() ?? '';
}

function sortOption(text: string, vocabulary: ODataVocabulary): readonly SortKey[] | undefined {
  return text === '' ? undefined : text.split(',').map((part) => sortKey(part, vocabulary));
}

function filterOption(text: string, vocabulary: ODataVocabulary): { readonly filter?: Filter } {
  if (text === '') return {};
  const filter = compileODataFilter(withoutYears(parseODataExpression(text)), vocabulary);
  return filter.op === 'constant' && filter.value ? {} : { filter };
}

function inlineCount(text: string): boolean {
  if (text === '' || text === 'none' || text === 'allpages') return text === 'allpages';
  throw new InvalidError('$inlinecount is none or allpages.', { subject: '$inlinecount' });
}

/** `$expand` and `$select`, of which only names of the entity's own are understood. Throws InvalidError. */
export function parseEntityOptions(parameters: QueryString, known: readonly string[]): EntityOptions {
  const expand = namesOf(parameters.get('$expand')).map((path) => path.split('/', 1)[0] ?? '');
  const unknown = expand.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new InvalidError(`Could not find navigation property with name: '${unknown}'.`, { subject: '$expand' });
  }
  const select = namesOf(parameters.get('$select')).map((path) => path.split('/', 1)[0] ?? '');
  return { expand, ...(select.length === 0 || select.includes('*') ? {} : { select }) };
}

function namesOf(text: string | undefined): readonly string[] {
  return (text ?? '')
    .slice(0, 2_000)
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function wholeNumber(parameters: QueryString, name: string): number | undefined {
  const text = parameters.get(name);
  if (text === undefined) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(text)) return Number(text);
  throw new InvalidError(`${name}: "${text.slice(0, 40)}" is not a whole number from 0 on.`, { subject: name });
}

function sortKey(part: string, vocabulary: ODataVocabulary): SortKey {
  const [, path, direction = 'asc'] = /^\s*([\w/]{1,120})(?:\s+(asc|desc))?\s*$/.exec(part) ?? [];
  const property = path === undefined ? undefined : vocabulary.field(path.split('/'))?.sortBy;
  if (property === undefined) {
    throw new InvalidError(`$orderby: "${part.slice(0, 60)}" is nothing to sort by.`, { subject: '$orderby' });
  }
  return { property, direction: direction === 'desc' ? 'desc' : 'asc' };
}
