import { queryablesOf, type Queryable, type QueryableType } from '#domain/catalog/queryables.js';
import type { PropertyValue } from '#domain/product/product.js';

/** EO parameters (OGC 13-026r9) that are properties of an observation. */
const BY_TERM = new Map([...queryablesOf('opensearch')].filter(([, { core }]) => !core));
const BY_QUERYABLE = new Map([...BY_TERM].map(([term, queryable]) => [queryable.name, term]));

/** An observation as keywords `eo:<parameter>:<value>`, as catalogues of ISO records exchange it. */
export function observationTerms(properties: Readonly<Record<string, PropertyValue>>): readonly string[] {
  return Object.entries(properties).flatMap(([name, value]) => {
    const term = BY_QUERYABLE.get(name);
    return term === undefined ? [] : [`eo:${term}:${valueText(value)}`];
  });
}

function valueText(value: PropertyValue): string {
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? value.join(',') : String(value);
}

/** The property a keyword `eo:…` says; undefined for any other keyword, and for a value that is not of the queryable's type. */
export function parseObservationTerm(keyword: string): readonly [name: string, value: PropertyValue] | undefined {
  const [, term = '', text = ''] = /^eo:([A-Za-z]{1,60}):(.{1,400})$/.exec(keyword.trim()) ?? [];
  const queryable = BY_TERM.get(term);
  const value = queryable === undefined ? undefined : typedValue(queryable, text.trim());
  return queryable === undefined || value === undefined ? undefined : [queryable.name, value];
}

/** A text as a value of the queryable's type; undefined where it is none. */
export function typedValue({ type }: Queryable, text: string): PropertyValue | undefined {
  return READ[type](text);
}

const READ: Readonly<Record<QueryableType, (text: string) => PropertyValue | undefined>> = {
  string: (text) => text,
  strings: (text) => text.split(/[\s,]+/),
  boolean: (text) => (text === 'true' || text === 'false' ? text === 'true' : undefined),
  number: finite,
  integer: (text) => (Number.isInteger(finite(text)) ? finite(text) : undefined),
  date: (text) => (Number.isNaN(Date.parse(text)) ? undefined : new Date(text)),
};

function finite(text: string): number | undefined {
  const value = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** Keywords told apart: what an observation says as `eo:…`, and all others. */
export function splitKeywords(texts: readonly string[]): {
  readonly keywords: readonly string[];
  readonly properties: Readonly<Record<string, PropertyValue>>;
} {
  const terms = texts.map((text) => parseObservationTerm(text));
  return {
    keywords: texts.filter((_text, at) => terms[at] === undefined),
    properties: Object.fromEntries(terms.flatMap((term) => (term === undefined ? [] : [term]))),
  };
}
