import type { CursorPlace } from './catalog-cursor.js';
import type { OrderKey } from './catalog-sort.js';
import type { SqlParameters } from './sql-parameters.js';

/** Rows that have a value of the first key, rows that lack it, or both: indexes hold only present values. */
export type OrderPart = 'present' | 'absent' | 'any';

/** Whether the first key can be absent. */
export function firstKeyMayBeAbsent(order: readonly OrderKey[]): boolean {
  return order[0]?.column.nullable === true;
}

/** The ORDER BY of a part; backward is the exact reverse, absent values first. */
export function orderBy(order: readonly OrderKey[], part: OrderPart, forward: boolean): string {
  const keys = part === 'absent' ? order.slice(1) : order;
  return keys
    .map(({ column, descending }, at) => {
      const direction = descending === forward ? 'desc' : 'asc';
      const nullable = column.nullable && !(part === 'present' && at === 0);
      return `p.${column.name} ${direction}${nullable ? ` nulls ${forward ? 'last' : 'first'}` : ''}`;
    })
    .join(', ');
}

interface PlaceOptions {
  readonly place: CursorPlace | undefined;
  readonly parameters: SqlParameters;
}

/** The conditions for the rows of a part that come after the place; undefined where the whole part lies before it. */
export function afterPlace(
  order: readonly OrderKey[],
  part: OrderPart,
  options: PlaceOptions,
): readonly string[] | undefined {
  const { place, parameters } = options;
  const [first] = order;
  if (first === undefined) return [];
  const name = `p.${first.column.name}`;
  const within = part === 'present' ? [`${name} is not null`] : part === 'absent' ? [`${name} is null`] : [];
  if (place === undefined) return within;
  const placed = place.values[0] === null ? 'absent' : 'present';
  if (part !== 'any' && part !== placed) {
    // Present values come first going forward, last going backward.
    return (part === 'absent') === place.forward ? within : undefined;
  }
  const skipped = part === 'absent' ? 1 : 0;
  const terms = order.slice(skipped).map((key, at): Term => {
    const value = place.values[at + skipped];
    const nullable = key.column.nullable && !(part === 'present' && at === 0);
    const sql = value === null ? 'null' : parameters.add(value, key.column.sqlType);
    return {
      field: `p.${key.column.name}`,
      value: sql,
      absent: value === null,
      nullable,
      ascending: key.descending !== place.forward,
    };
  });
  return [...within, `(${laterThan(terms, place.forward)})`];
}

interface Term {
  readonly field: string;
  /** Placeholder, or `null`. */
  readonly value: string;
  readonly absent: boolean;
  readonly nullable: boolean;
  /** In the direction of travel. */
  readonly ascending: boolean;
}

function laterThan(terms: readonly Term[], forward: boolean): string {
  const [first, ...rest] = terms;
  if (first === undefined) return 'false';
  if (terms.every((term) => !term.nullable && term.ascending === first.ascending)) return rowLaterThan(terms);
  const strictly = strictlyLater(first, forward);
  const equal = first.absent ? `${first.field} is null` : `${first.field} = ${first.value}`;
  return `${strictly} or (${equal} and (${laterThan(rest, forward)}))`;
}

/**
 * A row comparison is one range of an index. The product at the place is in the range and taken out again: the planner judges a comparison by its first key,
 * and "after 100 % clouds" alone it would take for nothing, though a tenth of the archive may follow.
 */
function rowLaterThan(terms: readonly Term[]): string {
  const row = (of: readonly Term[], part: 'field' | 'value') => `(${of.map((term) => term[part]).join(', ')})`;
  const operator = terms[0]?.ascending === true ? '>' : '<';
  const product = terms.filter(({ field }) => field === 'p.collection' || field === 'p.id');
  if (product.length < 2) return `${row(terms, 'field')} ${operator} ${row(terms, 'value')}`;
  const range = `${row(terms, 'field')} ${operator}= ${row(terms, 'value')}`;
  return `${range} and ${row(product, 'field')} <> ${row(product, 'value')}`;
}

function strictlyLater(term: Term, forward: boolean): string {
  if (term.absent) return forward ? 'false' : `${term.field} is not null`;
  const compared = `${term.field} ${term.ascending ? '>' : '<'} ${term.value}`;
  return term.nullable && forward ? `${compared} or ${term.field} is null` : compared;
}
