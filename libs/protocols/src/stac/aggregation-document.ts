import type { Facet } from '#domain/catalog/facets.js';
import { AGGREGATION_TERMS, type AggregationTerm } from './aggregation-terms.js';
import { MEDIA_TYPES, rootLink, type StacLink } from './stac-link.js';

/** An aggregation that was computed: its value, or its buckets. `exact` false: estimated or extrapolated from a sample. */
export interface Aggregated {
  readonly term: AggregationTerm;
  readonly value?: number | Date | null;
  readonly facet?: Facet;
  readonly exact: boolean;
}

/** What can be aggregated (Aggregation extension 0.3.0 §STAC Endpoints); `href` is where it is served. */
export function writeAggregations(href: string, address: string): object {
  return {
    type: 'AggregationCollection',
    aggregations: AGGREGATION_TERMS.map(({ name, type, facet }) =>
      facet === undefined
        ? { name, data_type: type }
        : { name, data_type: 'frequency_distribution', frequency_distribution_data_type: type },
    ),
    links: linksOf(href, address),
  };
}

/** The AggregationCollection (§AggregationCollection fields). What is not exact says so: `exact: false`. */
export function writeAggregated(aggregated: readonly Aggregated[], href: string, address: string): object {
  return {
    type: 'AggregationCollection',
    aggregations: aggregated.map(({ term, value, facet, exact }) => ({
      name: term.name,
      ...(facet === undefined
        ? { data_type: term.type, value: value instanceof Date ? value.toISOString() : (value ?? null) }
        : {
            data_type: 'frequency_distribution',
            overflow: facet.others,
            buckets: facet.values.map(({ value: key, count }) => writeBucket(facet, key, count)),
          }),
      ...(exact ? {} : { exact }),
    })),
    links: linksOf(href, address),
  };
}

/** The links that lead to either, of the landing page and of a collection; `base` is the address of the one or the other. */
export function aggregationLinks(base: string): readonly StacLink[] {
  const aggregate = { rel: 'aggregate', href: `${base}/aggregate`, type: MEDIA_TYPES.json, title: 'Aggregate' };
  return [
    { rel: 'aggregations', href: `${base}/aggregations`, type: MEDIA_TYPES.json, title: 'What can be aggregated' },
    { ...aggregate, method: 'GET' },
    { ...aggregate, method: 'POST' },
  ];
}

function linksOf(href: string, address: string): readonly StacLink[] {
  return [{ rel: 'self', href, type: MEDIA_TYPES.json }, rootLink(address)];
}

function writeBucket({ kind, name, bounds = [], values }: Facet, key: string, frequency: number): object {
  if (kind === 'time') return { key: instantOf(key), data_type: `interval_${name}`, frequency };
  if (kind !== 'range') return { key, data_type: 'string', frequency };
  const at = values.findIndex(({ value }) => value === key);
  const [from, to] = [bounds[at - 1], bounds[at]];
  const ends = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  return { key, data_type: 'numeric', frequency, ...ends };
}

/** `2024-05`, `2024-05-06T07`: the instant the step begins at. */
function instantOf(step: string): string {
  const [date = '', hour = '00'] = step.split('T');
  const [year, month = '01', day = '01'] = date.split('-');
  return `${year}-${month}-${day}T${hour}:00:00.000Z`;
}
