import { InvalidError } from '#domain/errors.js';
import type { ComputedTest, Expression } from '#domain/catalog/catalog-query.js';
import { compileExpression } from './compile-catalog-expression.js';
import { SPATIAL_FUNCTIONS } from './compile-catalog-spatial.js';
import type { FilterContext } from './filter-context.js';

type PlacesTest = Extract<ComputedTest, { readonly kind: 'places' }>;

/** Relation of two places neither of which is the footprint against a literal: those are `spatial` conditions, which the index serves. */
export function compilePlaces({ relation, left, right }: PlacesTest, context: FilterContext): string {
  const pairs = membersOf(left, context).flatMap((one) => membersOf(right, context).map((two) => [one, two] as const));
  if (pairs.length === 1) return pairs.map(([one, two]) => `${SPATIAL_FUNCTIONS[relation]}(${one}, ${two})`).join('');
  if (relation !== 'intersects' && relation !== 'disjoint') {
    throw new InvalidError(`A GeometryCollection can be tested for intersects and disjoint only, not ${relation}.`, {
      subject: 'geometry',
    });
  }
  const any = pairs.map(([one, two]) => `st_intersects(${one}, ${two})`).join(' or ');
  return relation === 'intersects' ? `(${any})` : `not (${any})`;
}

const MAX_MEMBERS = 100;

function membersOf(place: Expression, context: FilterContext): readonly string[] {
  if (place.kind !== 'place' || place.geometry.type !== 'GeometryCollection') {
    return [compileExpression(place, 'place', context)];
  }
  const { geometries } = place.geometry;
  if (geometries.length === 0 || geometries.length > MAX_MEMBERS) {
    throw new InvalidError(`A GeometryCollection here has 1 to ${MAX_MEMBERS} members.`, { subject: 'geometry' });
  }
  return geometries.map((geometry) => compileExpression({ kind: 'place', geometry }, 'place', context));
}
