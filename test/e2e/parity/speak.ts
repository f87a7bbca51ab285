import type { ComparisonOperator, Filter } from '#domain/catalog/catalog-query.js';
import { NoWords } from './door.js';

type With<Op extends string> = Extract<Filter, { readonly op: Op }>;
/** A comparison of a property with a value. */
export type Compared = Extract<Filter, { readonly op: ComparisonOperator }>;

/** How a language says each kind of condition; what is missing it cannot say. */
export interface Language<T> {
  joined?(filter: Extract<Filter, { readonly args: readonly Filter[] }>): T;
  not?(filter: With<'not'>): T;
  compared?(filter: Compared): T;
  in?(filter: With<'in'>): T;
  between?(filter: With<'between'>): T;
  like?(filter: With<'like'>): T;
  spatial?(filter: With<'spatial'>): T;
  temporal?(filter: With<'temporal'>): T;
}

/** Says a condition in a language; throws NoWords where it has none for it. */
export function speak<T>(filter: Filter, language: Language<T>): T {
  const said = 'args' in filter ? language.joined?.(filter) : speakOne(filter, language);
  if (said === undefined) throw new NoWords(filter.op);
  return said;
}

function speakOne<T>(filter: Filter, language: Language<T>): T | undefined {
  if (isCompared(filter)) return language.compared?.(filter);
  const say = language[filter.op as keyof Language<T>] as ((filter: Filter) => T) | undefined;
  return say?.(filter);
}

function isCompared(filter: Filter): filter is Compared {
  return ['eq', 'ne', 'lt', 'le', 'gt', 'ge'].includes(filter.op);
}

/** A lower and an upper bound of one property are one range, for languages that say a property but once. */
export function withRanges(filters: readonly Filter[]): readonly Filter[] {
  const from = filters.findIndex(({ op }) => op === 'ge');
  const lower = filters[from];
  const upper = filters.find((filter) => filter.op === 'le' && sameProperty(filter, lower));
  if (lower?.op !== 'ge' || upper?.op !== 'le') return filters;
  const range: Filter = { op: 'between', property: lower.property, lower: lower.value, upper: upper.value };
  return filters.flatMap((filter) => (filter === lower ? [range] : filter === upper ? [] : [filter]));
}

function sameProperty(one: Filter, other: Filter | undefined): boolean {
  return 'property' in one && other !== undefined && 'property' in other && one.property === other.property;
}
