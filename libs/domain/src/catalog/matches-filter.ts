import type { BoundingBox, Geometry } from '../geometry/geometry.js';
import { boundingBoxOf } from '../geometry/bounding-box.js';
import { InvalidError } from '../errors.js';
import type { TimeInterval } from '../geometry/time-interval.js';
import type { Filter, Literal, SpatialRelation, TemporalRelation } from './catalog-query.js';

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
 * extent is a box. Distance is not known of boxes and asks whether they intersect.
 */
export function matchesFilter(filter: Filter, record: FilteredRecord): boolean {
  switch (filter.op) {
    case 'and':
      return filter.args.every((arg) => matchesFilter(arg, record));
    case 'or':
      return filter.args.some((arg) => matchesFilter(arg, record));
    case 'not':
      return !matchesFilter(filter.arg, record);
    case 'constant':
      return filter.value;
    case 'text':
      return matchesText(filter.text, record.text);
    case 'spatial':
      return related(filter.relation, record.bbox, filter.geometry);
    case 'distance':
      return related('intersects', record.bbox, filter.geometry);
    case 'temporal':
      return record.time !== undefined && sameTime(filter.relation, record.time, filter.interval);
    case 'computed':
      throw new InvalidError('Records of this kind are not searched by computed values.', { subject: 'filter' });
    default:
      return matchesValues(filter, record);
  }
}

type ValueFilter = Extract<Filter, { readonly property: string }>;

function matchesValues(filter: ValueFilter, record: FilteredRecord): boolean {
  if (filter.op === 'isNull') {
    return filter.property === 'footprint' ? record.bbox === undefined : record.values(filter.property).length === 0;
  }
  const values = record.values(filter.property);
  if (filter.op === 'ne')
    return values.length > 0 && !values.some((value) => compare(value, filter.value, filter.caseInsensitive) === 0);
  return values.some((value) => matchesValue(filter, value));
}

function matchesValue(filter: Exclude<ValueFilter, { op: 'isNull' }>, value: Literal): boolean {
  switch (filter.op) {
    case 'in':
      return filter.values.some((each) => compare(value, each, filter.caseInsensitive) === 0);
    case 'between':
      return compare(value, filter.lower) >= 0 && compare(value, filter.upper) <= 0;
    case 'like':
      return matchesPattern(String(value), filter.pattern, filter.caseInsensitive === true);
    default:
      return ORDERS[filter.op](compare(value, filter.value, filter.caseInsensitive));
  }
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

function related(relation: SpatialRelation, bbox: BoundingBox | undefined, geometry: Geometry): boolean {
  const other = boundingBoxOf(geometry);
  if (bbox === undefined || other === undefined) return false;
  const intersects = rectangles(bbox).some((one) => rectangles(other).some((two) => meet(one, two)));
  switch (relation) {
    case 'disjoint':
      return !intersects;
    case 'within':
      return inside(bbox, other);
    case 'contains':
      return inside(other, bbox);
    case 'equals':
      return inside(bbox, other) && inside(other, bbox);
    default:
      return intersects;
  }
}

function rectangles([west, south, east, north]: BoundingBox): readonly BoundingBox[] {
  if (west <= east) return [[west, south, east, north]];
  return [
    [west, south, 180, north],
    [-180, south, east, north],
  ];
}

function meet(one: BoundingBox, two: BoundingBox): boolean {
  return one[0] <= two[2] && two[0] <= one[2] && one[1] <= two[3] && two[1] <= one[3];
}

function inside(inner: BoundingBox, outer: BoundingBox): boolean {
  return rectangles(inner).every((one) =>
    rectangles(outer).some((two) => one[0] >= two[0] && one[2] <= two[2] && one[1] >= two[1] && one[3] <= two[3]),
  );
}

function sameTime(relation: TemporalRelation, time: TimeInterval, other: TimeInterval): boolean {
  const [from, to] = [time.start?.getTime() ?? -Infinity, time.end?.getTime() ?? Infinity];
  const [start, end] = [other.start?.getTime() ?? -Infinity, other.end?.getTime() ?? Infinity];
  switch (relation) {
    case 'overlaps':
      return from <= end && to >= start;
    case 'disjoint':
      return from > end || to < start;
    case 'within':
      return from >= start && to <= end;
    case 'contains':
      return from <= start && to >= end;
    case 'after':
      return from > end;
    case 'before':
      return to < start;
    case 'equals':
      return from === start && to === end;
  }
}
