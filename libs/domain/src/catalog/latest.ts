import { InvalidError } from '../errors.js';
import type { Filter } from './catalog-query.js';
import type { Condition } from './map-conditions.js';

/** Names what has superseded a product in an `isNull` condition: the latest processing of a scene has none. */
export const SUCCESSOR = 'successor';

/** Products that are, or are not, the latest processing of their scene. */
export function latestFilter(isLatest: boolean): Filter {
  const latest: Filter = { op: 'isNull', property: SUCCESSOR };
  return isLatest ? latest : { op: 'not', arg: latest };
}

/** A comparison with true or false (as a value or its text) as `latestFilter`. Throws InvalidError, naming the property, for any other condition. */
export function compileLatest(condition: Extract<Condition, { readonly property: string }>): Filter {
  if (condition.op === 'isNull') return { op: 'constant', value: false };
  if (condition.op === 'eq' || condition.op === 'ne') {
    const value = String(condition.value).toLowerCase();
    if (value === 'true' || value === 'false') return latestFilter((value === 'true') === (condition.op === 'eq'));
  }
  const { property } = condition;
  throw new InvalidError(`${property} is equal to true or false, or is not.`, { subject: property });
}
