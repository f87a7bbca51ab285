import type { Filter } from '#domain/catalog/catalog-query.js';
import { compileLatest } from '#domain/catalog/latest.js';
import { mapConditions } from '#domain/catalog/map-conditions.js';
import { compileCql2 } from '../cql2/compile-cql2.js';
import type { Cql2 } from '../cql2/cql2.js';
import type { Cql2Names } from '../cql2/cql2-names.js';
import { LATEST, stacName } from './stac-names.js';

/** CQL2 over the names of items, unless it is about something else. Throws InvalidError for a condition on `latest` that is no comparison with true or false. */
export function compileStacFilter(expression: Cql2, names: Cql2Names = stacName): Filter {
  return mapConditions(compileCql2(expression, names), (condition) =>
    'property' in condition && condition.property === LATEST ? compileLatest(condition) : condition,
  );
}
