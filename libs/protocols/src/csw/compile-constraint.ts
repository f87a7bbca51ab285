import type { Filter, Literal } from '#domain/catalog/catalog-query.js';
import { FOOTPRINT } from '#domain/catalog/complement.js';
import { findQueryable } from '#domain/catalog/queryables.js';
import { compileLatest } from '#domain/catalog/latest.js';
import { mapConditions, type Condition } from '#domain/catalog/map-conditions.js';
import { matchesFilter, type FilteredRecord } from '#domain/catalog/matches-filter.js';
import type { MetadataRecord } from '../records/metadata-record.js';
import { invalidValue } from './csw-error.js';
import type { CswQueryable } from './csw-queryable.js';
import { cswQueryable } from './csw-queryables.js';
import { LATEST_QUERYABLE } from './eo-queryables.js';
import { dayTextCondition, instantCondition, type ValueCondition } from './date-condition.js';

const ANY_TEXT = 'csw:AnyText';
const TIMES = new Set(['acquiredFrom', 'acquiredTo']);

/** What all products of a collection say, whatever the product. */
export interface SharedRecord {
  readonly collection: string;
  readonly record: MetadataRecord;
}

/** A constraint as a filter over Sentinel products. What only collections say is decided here, in memory. */
export function compileForProducts(filter: Filter, shared: readonly SharedRecord[]): Filter {
  return mapConditions(filter, (condition) =>
    withQueryable(condition, (leaf, queryable) => {
      if (queryable.name === ANY_TEXT) return textCondition(leaf);
      if (queryable === LATEST_QUERYABLE) return compileLatest(leaf);
      const { properties } = queryable;
      if (properties === undefined) return collectionsWhere(leaf, shared);
      const any = properties.map((property) => ofVocabulary({ ...leaf, property }, queryable));
      return any.length === 1 ? any[0]! : { op: leaf.op === 'isNull' || leaf.op === 'ne' ? 'and' : 'or', args: any };
    }),
  );
}

/** A constraint as a filter over published records, whose elements are extra properties. */
export function compileForPublished(filter: Filter): Filter {
  return mapConditions(filter, (condition) =>
    withQueryable(condition, (leaf, queryable) => {
      if (queryable === LATEST_QUERYABLE) return compileLatest(leaf);
      const { stored, properties, type } = queryable;
      if (stored !== undefined) {
        const extra: ValueCondition = { ...leaf, property: `extra:${stored}` };
        if (queryable.name === ANY_TEXT) return wholeText(extra);
        return type === 'date' ? dayTextCondition(extra) : folded(extra, queryable);
      }
      const [property] = properties ?? [];
      if (property === undefined) return { op: 'constant', value: leaf.op === 'isNull' };
      const found = ofVocabulary({ ...leaf, property }, queryable);
      return TIMES.has(property) ? whereDated(found) : found;
    }),
  );
}

/** A record that names no time has one all the same, for the catalogue's sake. */
function whereDated(filter: Filter): Filter {
  return { op: 'and', args: [{ op: 'not', arg: { op: 'isNull', property: 'extra:dct:temporal' } }, filter] };
}

/** Whether a record held in memory (a series) matches a constraint; spatial relations are those of the boxes. */
export function matchesConstraint(filter: Filter, record: MetadataRecord): boolean {
  const prepared = mapConditions(filter, (condition) =>
    withQueryable(condition, (leaf, queryable) => {
      if (queryable.name === ANY_TEXT) return textCondition(leaf);
      return queryable.type === 'date' ? dayTextCondition(leaf) : folded(leaf, queryable);
    }),
  );
  return matchesFilter(prepared, inMemory(record));
}

/** The values of a record for a queryable, as they are compared and sorted. */
export function valuesOf(record: MetadataRecord, queryable: CswQueryable): readonly Literal[] {
  const values = queryable.values(record);
  if (values === undefined) return [];
  return typeof values === 'object' ? values : [values];
}

function inMemory(record: MetadataRecord): FilteredRecord {
  const { bbox } = record;
  return {
    values: (name) => {
      const queryable = cswQueryable(name);
      return queryable === undefined ? [] : valuesOf(record, queryable);
    },
    text: [record.id, record.title, record.abstract, ...record.keywords, ...record.themes].join(' '),
    ...(bbox === undefined ? {} : { bbox }),
  };
}

function withQueryable(
  condition: Condition,
  compile: (leaf: ValueCondition, queryable: CswQueryable) => Filter,
): Filter {
  if (!('property' in condition) || condition.property === FOOTPRINT) return condition;
  const queryable = cswQueryable(condition.property);
  if (queryable === undefined)
    throw invalidValue(condition.property, `The property ${condition.property} is not known here.`);
  return compile(condition, queryable);
}

function ofVocabulary(leaf: ValueCondition, queryable: CswQueryable): Filter {
  const type = findQueryable(leaf.property)?.type;
  if (type === 'date') return instantCondition(leaf);
  if (leaf.op === 'like' && (type === 'number' || type === 'integer')) {
    throw invalidValue(queryable.name, `${queryable.name} is a number: compare it with numbers rather than a pattern.`);
  }
  return folded(leaf, queryable);
}

function folded(leaf: ValueCondition, queryable: CswQueryable): Filter {
  const folds = queryable.caseInsensitive === true && leaf.op !== 'isNull' && leaf.op !== 'between';
  return folds ? { ...leaf, caseInsensitive: true } : leaf;
}

function collectionsWhere(leaf: ValueCondition, shared: readonly SharedRecord[]): Filter {
  const matching = shared.filter(({ record }) => matchesConstraint(leaf, record));
  if (matching.length === 0 || matching.length === shared.length) {
    return { op: 'constant', value: matching.length > 0 };
  }
  return { op: 'in', property: 'collection', values: matching.map(({ collection }) => collection) };
}

/** AnyText of products is asked by words, which an index serves: `*` on either side of a word finds words that begin with it. */
function textCondition(leaf: ValueCondition): Filter {
  if (leaf.op === 'isNull') return { op: 'constant', value: false };
  if (leaf.op === 'like') return { op: 'text', text: wordsOf(leaf.pattern) };
  if (leaf.op === 'eq') return { op: 'text', text: String(leaf.value).replaceAll('*', ' ') };
  if (leaf.op === 'ne') return { op: 'not', arg: { op: 'text', text: String(leaf.value).replaceAll('*', ' ') } };
  throw invalidValue(ANY_TEXT, `${ANY_TEXT} has no order: compare it with PropertyIsLike or PropertyIsEqualTo.`);
}

function wordsOf(pattern: string): string {
  return pattern
    .replaceAll('*', ' ')
    .replaceAll(/\\(.)/gsu, '$1')
    .replaceAll(/([^\s%_])[%_]+/gu, '$1* ')
    .replaceAll(/[%_]+/g, ' ');
}

/** AnyText of published records is looked for within all of their text, in any case. */
function wholeText(leaf: ValueCondition): Filter {
  if (leaf.op === 'like') return { ...leaf, caseInsensitive: true };
  if (leaf.op !== 'eq' && leaf.op !== 'ne') return textCondition(leaf);
  const pattern = `%${String(leaf.value).replaceAll(/[%_\\]/g, String.raw`\$&`)}%`;
  const like: Filter = { op: 'like', property: leaf.property, pattern, caseInsensitive: true };
  return leaf.op === 'eq' ? like : { op: 'not', arg: like };
}
