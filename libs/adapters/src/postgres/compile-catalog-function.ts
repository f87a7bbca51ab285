import { InvalidError } from '#domain/errors.js';
import { CATALOG_FUNCTIONS, findFunction, type CatalogFunction } from '#domain/catalog/catalog-functions.js';
import { fenced } from './compile-catalog-fold.js';

type Part = 'year' | 'month' | 'day' | 'doy' | 'hour';

const part =
  (name: Part) =>
  ([instant]: readonly string[]): string =>
    `date_part('${name}', (${instant}) at time zone 'UTC')`;

const chosen =
  (operator: '<=' | '>=') =>
  ([a, b]: readonly string[]): string =>
    `(select case when v.a ${operator} v.b then v.a when v.a is not null then v.b end from ${fenced(a!, b)})`;

const number =
  (name: 'abs' | 'floor' | 'ceil' | 'round') =>
  ([value]: readonly string[]): string =>
    `${name}(${value})`;

/** Edges are straight in longitude and latitude; on the spheroid they would be great circles. */
const onSpheroid = (place: string | undefined): string => `st_segmentize(${place}, 2)::geography`;

const SQL: Readonly<Record<string, (args: readonly string[]) => string>> = {
  abs: number('abs'),
  floor: number('floor'),
  ceil: number('ceil'),
  round: number('round'),
  min: chosen('<='),
  max: chosen('>='),
  length: ([text]) => `length(${text})::double precision`,
  year: part('year'),
  month: part('month'),
  day: part('day'),
  dayOfYear: part('doy'),
  hour: part('hour'),
  area: ([place]) => `st_area(${onSpheroid(place)}) / 1e6`,
  distance: ([a, b]) => `st_distance(${onSpheroid(a)}, ${onSpheroid(b)})`,
};

/** The function a call names. Throws InvalidError naming one there is not, or one called with another number of values than it takes. */
export function calledFunction(name: string, count: number): CatalogFunction {
  const found = findFunction(name);
  if (found === undefined) {
    const names = CATALOG_FUNCTIONS.map((each) => each.name).join(', ');
    throw new InvalidError(`There is no function ${JSON.stringify(name)}; there are ${names}.`, { subject: name });
  }
  if (found.takes.length !== count) {
    throw new InvalidError(`${found.name} takes ${found.takes.length} values, not ${count}.`, { subject: name });
  }
  return found;
}

/** SQL of a call. */
export function functionSql({ name }: CatalogFunction, args: readonly string[]): string {
  return SQL[name]!(args);
}
