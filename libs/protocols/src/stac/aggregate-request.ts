import { z } from 'zod';
import { InvalidError } from '#domain/errors.js';
import { checked } from '../checked.js';
import { AGGREGATION_TERMS, type AggregationTerm } from './aggregation-terms.js';
import { ONE_AREA, oneArea, searchBodyShape, searchShape } from './search-request.js';

/** Aggregations one request may ask for. */
const MOST = 20;
/** Ranges of one aggregation. */
const MOST_BOUNDS = 100;

const TERMS = new Map(AGGREGATION_TERMS.map((term) => [term.name, term]));
const RANGED = AGGREGATION_TERMS.filter(({ facet }) => facet?.kind === 'range').map(({ name }) => name);

/** Steps of `datetime_frequency`. */
const interval = z
  .enum(['year', 'quarter', 'month', 'week', 'day', 'hour'])
  .optional()
  .describe('Step of datetime_frequency; month by default.');
const precision = z.coerce
  .number()
  .int()
  .min(1)
  .max(7)
  .optional()
  .describe('Characters of the geohashes of centroid_geohash_grid_frequency, 1 to 7; 3 by default.');
const bounds = z
  .union([z.string().transform((text) => text.split(',').map(Number)), z.array(z.number())])
  .pipe(z.array(z.number('give numbers')).min(1).max(MOST_BOUNDS))
  .refine((given) => given.every((bound, at) => at === 0 || bound > given[at - 1]!), 'give ascending numbers')
  .optional();

const names = z
  .union([z.string().transform((text) => text.split(',')), z.array(z.string())])
  .transform((given) => [...new Set(given.map((name) => name.trim()).filter((name) => name !== ''))])
  .transform(checked(findTerms))
  .default([])
  .describe('Names of /aggregations, comma separated.');

const optionsShape = {
  aggregations: names,
  datetime_frequency_interval: interval,
  centroid_geohash_grid_frequency_precision: precision,
  ...Object.fromEntries(
    RANGED.map((name) => [`${name}_ranges`, bounds.describe(`Where the ranges of ${name} end, ascending.`)]),
  ),
};

/** Query parameters of `GET /aggregate`: those of a search, and what is wanted of the items. */
export const aggregateParameters = z.looseObject({ ...searchShape, ...optionsShape }).refine(oneArea, ONE_AREA);

/** Body of `POST /aggregate`. */
export const aggregateBody = z.object({ ...searchBodyShape, ...optionsShape }).refine(oneArea, ONE_AREA);

/** The parts of either that tell how to count. */
export interface AggregateOptions {
  readonly aggregations: readonly AggregationTerm[];
  readonly datetime_frequency_interval?: string | undefined;
  readonly centroid_geohash_grid_frequency_precision?: number | undefined;
  readonly [option: string]: unknown;
}

/** The aggregations asked for, with the steps, ranges and precision the request names. */
export function termsAsked(options: AggregateOptions): readonly AggregationTerm[] {
  const { datetime_frequency_interval: step, centroid_geohash_grid_frequency_precision: characters } = options;
  return options.aggregations.map((term) => {
    const { name, facet } = term;
    const given = options[`${name}_ranges`] as readonly number[] | undefined;
    if (facet?.kind === 'time' && step !== undefined) return { ...term, facet: { ...facet, name: step } };
    if (facet?.kind === 'place' && characters !== undefined)
      return { ...term, facet: { ...facet, precision: characters } };
    return facet?.kind === 'range' && given !== undefined ? { ...term, facet: { ...facet, bounds: given } } : term;
  });
}

function findTerms(given: readonly string[]): readonly AggregationTerm[] {
  if (given.length > MOST) throw new InvalidError(`ask for ${MOST} aggregations at most`);
  return given.map((name) => {
    const term = TERMS.get(name);
    if (term !== undefined) return term;
    throw new InvalidError(`there is no aggregation ${JSON.stringify(name)}: see /stac/aggregations`);
  });
}
