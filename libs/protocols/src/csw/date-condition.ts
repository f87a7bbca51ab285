import type { Filter, Literal } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import { parseSearchDate } from '../opensearch/search-date.js';
import { invalidValue } from './csw-error.js';

/** A comparison whose literals are text. */
export type ValueCondition = Extract<Filter, { readonly property: string }>;

/** Sorts behind every time of the day it is put behind. */
const END_OF_DAY = '~';
const DAY = /^\d{4}(-\d{2}){0,2}$/;

/** A comparison of a date of the vocabulary: a day stands for all of it, so `> 2024-06-01` begins with the next. Throws InvalidParameterValue. */
export function instantCondition(condition: ValueCondition): Filter {
  const { property } = condition;
  if (condition.op === 'isNull') return condition;
  if (condition.op === 'like') {
    throw invalidValue(property, `${property} is a date: compare it with dates rather than a pattern.`);
  }
  return overDays(condition, (literal, end) => bound(property, literal, end));
}

/** The same over dates kept as text of ISO 8601, whose order is that of time. */
export function dayTextCondition(condition: ValueCondition): Filter {
  if (condition.op === 'isNull' || condition.op === 'like') return condition;
  return overDays(condition, (literal, end) => {
    const text = String(literal).trim();
    return end && DAY.test(text) ? `${text}${END_OF_DAY}` : text;
  });
}

type Bound = (literal: Literal, end: boolean) => Literal;

function overDays(condition: Exclude<ValueCondition, { op: 'isNull' | 'like' }>, boundOf: Bound): Filter {
  const { property } = condition;
  const between = (lower: Literal, upper: Literal): Filter => ({
    op: 'between',
    property,
    lower: boundOf(lower, false),
    upper: boundOf(upper, true),
  });
  if (condition.op === 'between') return between(condition.lower, condition.upper);
  if (condition.op === 'in') return { op: 'or', args: condition.values.map((value) => between(value, value)) };
  if (condition.op === 'eq') return between(condition.value, condition.value);
  if (condition.op === 'ne') return { op: 'not', arg: between(condition.value, condition.value) };
  return { ...condition, value: boundOf(condition.value, condition.op === 'gt' || condition.op === 'le') };
}

function bound(property: string, literal: Literal, end: boolean): Date {
  try {
    const { start, end: last } = parseSearchDate(String(literal));
    return end ? last : start;
  } catch (error) {
    if (error instanceof InvalidError) throw invalidValue(property, error.message);
    throw error;
  }
}
