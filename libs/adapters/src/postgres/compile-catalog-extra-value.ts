import { InvalidError } from '#domain/errors.js';
import { sqlLiteral } from './catalog-literal.js';
import type { SqlParameters } from './sql-parameters.js';
import type { ValueType } from './value-type.js';

/** A property outside the vocabulary as JSON; null where it is absent or null. */
export function extraSql(name: string, parameters: SqlParameters): string {
  return `nullif(p.extra -> ${parameters.add(sqlLiteral(name, 'string', `extra:${name}`), 'text')}, 'null')`;
}

/** JSON as a value of a type, null where it is of another. Throws InvalidError for places, which are no JSON here. */
export function castExtra(json: string, type: ValueType): string {
  const of = (kind: string, sql: string) => `case when jsonb_typeof(${json}) = '${kind}' then ${sql} end`;
  const text = `(${of('string', `${json} #>> '{}'`)} collate "C")`;
  switch (type) {
    case 'json':
      return json;
    case 'number':
      return `(${of('number', numberSql(json))})`;
    case 'text':
      return text;
    case 'boolean':
      return `(${of('boolean', `(${json})::boolean`)})`;
    case 'instant':
      return `catalogue.instant_or_null(${text})`;
    case 'list':
      return `(${of('array', json)})`;
    case 'place':
      throw new InvalidError('Only the geometry of an item is a place.', { subject: 'geometry' });
  }
}

/** JSON numbers may be larger or smaller than a number can be, at which PostgreSQL would stop. */
function numberSql(json: string): string {
  const exact = `(${json})::numeric`;
  const fits = `${exact} = 0 or abs(${exact}) between 1e-300 and 1e300`;
  return `case when ${fits} then (${json})::double precision end`;
}
