import type { Filter, Literal } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import { boundingBoxOf } from '#domain/geometry/bounding-box.js';
import { el, type XmlMarkup } from '../xml/xml-element.js';

type FilterOf<O extends Filter['op']> = Extract<Filter, { readonly op: O }>;

const COMPARISONS = {
  eq: 'EqualTo',
  ne: 'NotEqualTo',
  lt: 'LessThan',
  le: 'LessThanOrEqualTo',
  gt: 'GreaterThan',
  ge: 'GreaterThanOrEqualTo',
} as const;
const MAX_DEPTH = 60;

/**
 * A filter over names of CSW queryables as `ogc:Filter` 1.1.0 (OGC 04-095), to be asked of other catalogues. Areas are asked as boxes.
 * Throws InvalidError for what Filter 1.1 cannot say.
 */
export function writeFesFilter(filter: Filter): XmlMarkup {
  return el('ogc:Filter', {}, write(filter, 0));
}

type Write<F extends Filter> = (filter: F, depth: number) => XmlMarkup;

const WRITERS: { readonly [O in Filter['op']]?: Write<FilterOf<O>> } = {
  and: writeJunction,
  or: writeJunction,
  not: ({ arg }, depth) => el('ogc:Not', {}, write(arg, depth + 1)),
  in: (filter, depth) => write(anyOf(filter), depth),
  between: writeBetween,
  like: ({ property, pattern, caseInsensitive }) => writeLike(property, pattern, caseInsensitive !== true),
  text: ({ text }) => writeLike('csw:AnyText', `%${text.replace(/[\\%_]/g, '\\$&')}%`, false),
  isNull: ({ property }) => el('ogc:PropertyIsNull', {}, el('ogc:PropertyName', {}, property)),
  spatial: writeBox,
  ...(Object.fromEntries(Object.keys(COMPARISONS).map((op) => [op, writeComparison])) as object),
};

function write(filter: Filter, depth: number): XmlMarkup {
  if (depth > MAX_DEPTH) throw new InvalidError('The filter is nested too deep for other catalogues.');
  const writer = WRITERS[filter.op] as Write<Filter> | undefined;
  if (writer === undefined) throw new InvalidError(`Other catalogues cannot be asked by the operator ${filter.op}.`);
  return writer(filter, depth);
}

function writeJunction({ op, args }: FilterOf<'and' | 'or'>, depth: number): XmlMarkup {
  const [first] = args;
  if (first === undefined) throw new InvalidError('Other catalogues cannot be asked by an empty condition.');
  if (args.length === 1) return write(first, depth);
  return el(
    op === 'and' ? 'ogc:And' : 'ogc:Or',
    {},
    args.map((arg) => write(arg, depth + 1)),
  );
}

function anyOf({ property, values, caseInsensitive }: FilterOf<'in'>): Filter {
  const more = caseInsensitive === undefined ? {} : { caseInsensitive };
  return { op: 'or', args: values.map((value) => ({ op: 'eq', property, value, ...more })) };
}

function writeComparison(filter: FilterOf<keyof typeof COMPARISONS>): XmlMarkup {
  const { op, property, value, caseInsensitive } = filter;
  const attributes = caseInsensitive === true ? { matchCase: false } : {};
  return el(
    `ogc:PropertyIs${COMPARISONS[op]}`,
    attributes,
    el('ogc:PropertyName', {}, property),
    el('ogc:Literal', {}, textOf(value)),
  );
}

function writeBetween({ property, lower, upper }: FilterOf<'between'>): XmlMarkup {
  return el(
    'ogc:PropertyIsBetween',
    {},
    el('ogc:PropertyName', {}, property),
    el('ogc:LowerBoundary', {}, el('ogc:Literal', {}, textOf(lower))),
    el('ogc:UpperBoundary', {}, el('ogc:Literal', {}, textOf(upper))),
  );
}

function writeLike(property: string, pattern: string, matchCase: boolean): XmlMarkup {
  return el(
    'ogc:PropertyIsLike',
    { wildCard: '%', singleChar: '_', escapeChar: '\\', matchCase },
    el('ogc:PropertyName', {}, property),
    el('ogc:Literal', {}, pattern),
  );
}

/** `ogc:BBOX` in longitude, latitude order of a bare EPSG:4326. */
function writeBox({ relation, geometry }: FilterOf<'spatial'>): XmlMarkup {
  const box = boundingBoxOf(geometry);
  if (relation !== 'intersects' || box === undefined || box[0] > box[2])
    throw new InvalidError(
      'Other catalogues can only be asked for what intersects an area on one side of the antimeridian.',
    );
  const [west, south, east, north] = box;
  const envelope = el(
    'gml:Envelope',
    { srsName: 'urn:ogc:def:crs:OGC:1.3:CRS84' },
    el('gml:lowerCorner', {}, `${west} ${south}`),
    el('gml:upperCorner', {}, `${east} ${north}`),
  );
  return el('ogc:BBOX', {}, el('ogc:PropertyName', {}, 'ows:BoundingBox'), envelope);
}

function textOf(value: Literal): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
