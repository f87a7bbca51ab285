import type { Filter } from '#domain/catalog/catalog-query.js';
import { boundingBoxArea } from '#domain/geometry/bounding-box.js';
import type { BoundingBox, Geometry } from '#domain/geometry/geometry.js';
import type { TimeInterval } from '#domain/geometry/time-interval.js';
import { compileCql2 } from '../cql2/compile-cql2.js';
import { parseFilter, type FilterParameters } from './stac-filter.js';
import { declaredName, stacName } from './stac-names.js';
import { parseQuery } from './stac-query.js';

/** What a search asks of items, as it was sent and checked. */
export interface ItemConditions extends FilterParameters {
  readonly bbox?: BoundingBox | undefined;
  readonly intersects?: Geometry | undefined;
  readonly datetime?: TimeInterval | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  /** Free text: any of these. */
  readonly q?: readonly string[] | undefined;
  /** Every parameter of the request: those named as a queryable are conditions. */
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
}

/** The conditions of a search, all of which items must meet. Throws InvalidError naming the parameter or property that is wrong. */
export function writeConditions(search: ItemConditions): readonly Filter[] {
  const args: Filter[] = [];
  const area = search.intersects ?? (search.bbox && boundingBoxArea(search.bbox));
  if (area !== undefined) args.push({ op: 'spatial', relation: 'intersects', geometry: area });
  if (search.datetime !== undefined) args.push({ op: 'temporal', relation: 'overlaps', interval: search.datetime });
  const filter = parseFilter(search);
  if (filter !== undefined) args.push(filter);
  args.push(...parseQuery(search.query ?? {}), ...freeText(search.q), ...equalities(search.parameters ?? {}));
  return args;
}

/** Terms are alternatives; the words of a term must all be there (STAC API Free-Text Search extension, basic). */
export function freeText(terms: readonly string[] | undefined): readonly Filter[] {
  const texts = (terms ?? []).map((text): Filter => ({ op: 'text', text }));
  if (texts.length === 0) return [];
  return texts.length === 1 ? texts : [{ op: 'or', args: texts }];
}

/** Queryables as query parameters (OGC 19-079r2 §6.4): `platform=sentinel-2a`; repeated or with commas, any of them. */
function equalities(parameters: Readonly<Record<string, unknown>>): readonly Filter[] {
  return Object.entries(parameters).flatMap(([name, value]) => {
    const declared = declaredName(name);
    if (declared === undefined || declared.type === 'geometry' || name === 'datetime') return [];
    const values = (Array.isArray(value) ? value : [value]).flatMap((each) => String(each).split(','));
    return [compileCql2({ op: 'in', args: [{ property: name }, values] }, stacName)];
  });
}
