import { InvalidError } from '../errors.js';
import type { BoundingBox } from '../geometry/geometry.js';
import type { TimeInterval } from '../geometry/time-interval.js';
import type { Filter, Literal } from './catalog-query.js';
import { FOOTPRINT } from './complement.js';
import { boxesRelate, timesRelate } from './extent-relations.js';

/** Something a filter is held against in memory: the values of its properties (several, one or none), its box and its time. */
export interface FilteredRecord {
  values(property: string): readonly Literal[];
  /** Everything free text is looked for in. */
  readonly text: string;
  readonly bbox?: BoundingBox;
  readonly time?: TimeInterval;
}

/**
 * Whether a record matches a filter. A property with several values matches where one does; an absent one matches nothing. Spatial relations are those of
 * the bounding boxes (equals, within, contains, intersects, disjoint exactly; overlaps, touches and crosses as intersects): enough for series, whose
 * extent is a box. Distance is not known of boxes and asks whether they intersect. Throws InvalidError for computed conditions.
 */
export function matchesFilter(filter: Filter, record: FilteredRecord): boolean {
  if ('property' in filter) return matchesValues(filter, record);
  if ('args' in filter) return matchesJoined(filter, record);
  switch (filter.op) {
    case 'not':
      return !matchesFilter(filter.arg, record);
    case 'constant':
      return filter.value;
    case 'text':
      return matchesText(filter.text, record.text);
    case 'spatial':
      return boxesRelate(filter.relation, record.bbox, filter.geometry);
    case 'distance':
      return boxesRelate('intersects', record.bbox, filter.geometry);
    case 'temporal':
      return matchesTime(filter, record.time);
    case 'computed':
      throw new InvalidError('Records of this kind are not searched by computed values.', { subject: 'filter' });
  }
}

function matchesTime(
  { relation, interval }: Extract<Filter, { readonly op: 'temporal' }>,
  time?: TimeInterval,
): boolean {
  return time !== undefined && timesRelate(relation, time, interval);
}

function matchesJoined({ op, args }: Extract<Filter, { readonly op: 'and' | 'or' }>, record: FilteredRecord): boolean {
  const matches = (arg: Filter): boolean => matchesFilter(arg, record);
  return op === 'and' ? args.every(matches) : args.some(matches);
}

type ValueFilter = Extract<Filter, { readonly property: string }>;

function matchesValues(filter: ValueFilter, record: FilteredRecord): boolean {
  if (filter.op === 'isNull') {
    return filter.property === FOOTPRINT ? record.bbox === undefined : record.values(filter.property).length === 0;
  }
  const values = record.values(filter.property);
  if (filter.op === 'ne')
    return values.length > 0 && !values.some((value) => compare(value, filter.value, filter.caseInsensitive) === 0);
  return values.some((value) => matchesValue(filter, value));
}

function matchesValue(filter: Exclude<ValueFilter, { op: 'isNull' }>, value: Literal): boolean {
  if (filter.op === 'in') return filter.values.some((each) => compare(value, each, filter.caseInsensitive) === 0);
  if (filter.op === 'between') return compare(value, filter.lower) >= 0 && compare(value, filter.upper) <= 0;
  if (filter.op === 'like') return matchesPattern(String(value), filter.pattern, filter.caseInsensitive === true);
  return ORDERS[filter.op](compare(value, filter.value, filter.caseInsensitive));
}

const ORDERS = {
  eq: (order: number) => order === 0,
  ne: (order: number) => order !== 0,
  lt: (order: number) => order < 0,
  le: (order: number) => order <= 0,
  gt: (order: number) => order > 0,
  ge: (order: number) => order >= 0,
};

/** The order of two values, NaN (which no operator accepts) where they have none. */
function compare(value: Literal, other: Literal, caseInsensitive = false): number {
  if (value instanceof Date) return value.getTime() - new Date(other instanceof Date ? other : String(other)).getTime();
  if (typeof value === 'number') return value - (other === '' ? Number.NaN : Number(other));
  const [left, right] = [String(value), String(other)].map((text) => (caseInsensitive ? text.toLowerCase() : text));
  return left === right ? 0 : left! < right! ? -1 : 1;
}

/** A pattern of `%`, `_` and `\` against a text, in time proportional to both: no backtracking but to the last `%`. */
function matchesPattern(text: string, pattern: string, caseInsensitive: boolean): boolean {
  const [value, wanted] = caseInsensitive ? [text.toLowerCase(), pattern.toLowerCase()] : [text, pattern];
  const steps = stepsOf(wanted);
  let [at, step, lastRun, resumeAt] = [0, 0, -1, 0];
  while (at < value.length) {
    const wants = steps[step];
    if (wants === 'run') {
      lastRun = step++;
      resumeAt = at;
    } else if (wants === 'one' || wants?.character === value[at]) {
      at++;
      step++;
    } else if (lastRun >= 0) {
      step = lastRun + 1;
      at = ++resumeAt;
    } else {
      return false;
    }
  }
  return steps.slice(step).every((rest) => rest === 'run');
}

type Step = 'run' | 'one' | { readonly character: string };

function stepsOf(pattern: string): readonly Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (character === '%') steps.push('run');
    else if (character === '_') steps.push('one');
    else steps.push({ character: character === '\\' ? pattern.charAt(++at) : character });
  }
  return steps;
}

/** Every word is in the text; a trailing `*` asks for the beginning of a word. */
function matchesText(words: string, text: string): boolean {
  const have = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const wanted = words
    .toLowerCase()
    .split(/[^\p{L}\p{N}*]+/u)
    .filter((word) => word.replaceAll('*', '') !== '');
  return wanted.every((word) =>
    word.endsWith('*') ? have.some((each) => each.startsWith(word.replaceAll('*', ''))) : have.includes(word),
  );
}
