import { MAX_FACET_TIMES, MAX_FACET_VALUES, type FacetDefinition } from '#domain/catalog/facets.js';
import { InvalidError } from '#domain/errors.js';
import { catalogColumn } from './catalog-columns.js';

interface Step {
  readonly pattern: string;
  /** Length of the text of a day that tells the step; absent where a day's tally does not. */
  readonly prefix?: number;
}

const STEPS: Readonly<Record<string, Step>> = {
  year: { pattern: 'YYYY', prefix: 4 },
  quarter: { pattern: 'YYYY-MM' },
  month: { pattern: 'YYYY-MM', prefix: 7 },
  week: { pattern: 'YYYY-MM-DD' },
  day: { pattern: 'YYYY-MM-DD', prefix: 10 },
  hour: { pattern: 'YYYY-MM-DD"T"HH24' },
};

/** Parts of a footprint that was cut at the antimeridian have their common centroid on the other side of the world. */
const MIDDLE = `case when st_numgeometries(p.footprint) > 1 then st_pointonsurface(p.footprint) else st_centroid(p.footprint) end`;

/** The SQL of what a facet counts, null where a product has no value. Throws InvalidError for an unknown property, step, range or precision. */
export function facetExpression(facet: FacetDefinition): string {
  const { name, kind } = facet;
  switch (kind) {
    case 'time':
      return `to_char(date_trunc('${stepOf(name).unit}', p.acquired_from at time zone 'UTC'), '${stepOf(name).pattern}')`;
    case 'decile':
      return `least(greatest(floor(p.${catalogColumn(name).name} / 10), 0), 9)::integer`;
    case 'range':
      return `width_bucket(p.${catalogColumn(name).name}::double precision, array[${boundsOf(facet).join(', ')}]::double precision[])`;
    case 'place':
      return `st_geohash(${MIDDLE}, ${precisionOf(facet)})`;
    case 'value':
    case 'list':
      return `p.${catalogColumn(name).name}`;
  }
}

/** How much of a day's text tells the value of a facet; undefined where days do not. */
export function prefixOfDay({ name, kind }: FacetDefinition): number | undefined {
  return kind === 'time' ? STEPS[name]?.prefix : undefined;
}

/** Values given of a facet at most. */
export function facetLimit({ kind, most }: FacetDefinition): number {
  return most ?? (kind === 'time' ? MAX_FACET_TIMES : MAX_FACET_VALUES);
}

/** What the database counted by as the value of the facet. */
export function facetLabel({ kind, bounds = [] }: FacetDefinition, value: string): string {
  const at = Number(value);
  if (kind === 'decile') return `${at * 10}-${at * 10 + 10}`;
  return kind === 'range' ? `${bounds[at - 1] ?? '*'}-${bounds[at] ?? '*'}` : value;
}

function stepOf(name: string): Step & { readonly unit: string } {
  const step = Object.hasOwn(STEPS, name) ? STEPS[name] : undefined;
  if (step === undefined) throw new InvalidError(`Products are not counted by ${JSON.stringify(name)}.`);
  return { ...step, unit: name };
}

function boundsOf({ name, bounds = [] }: FacetDefinition): readonly number[] {
  const isAscending = bounds.every((bound, at) => Number.isFinite(bound) && (at === 0 || bound > bounds[at - 1]!));
  if (bounds.length > 0 && isAscending) return bounds;
  throw new InvalidError(`Ranges of ${name} are told by ascending numbers.`, { subject: name });
}

function precisionOf({ precision = 0 }: FacetDefinition): number {
  if (Number.isInteger(precision) && precision >= 1 && precision <= 12) return precision;
  throw new InvalidError('A geohash has 1 to 12 characters.', { subject: 'precision' });
}
