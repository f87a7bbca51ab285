import type { PropertyName } from '#domain/catalog/catalog-query.js';
import type { QueryableType } from '#domain/catalog/queryables.js';

/** What a name in a filter stands for. */
export interface Cql2Name {
  readonly property: PropertyName;
  /** `unknown` for a property outside the vocabulary, whose values have the types they have. */
  readonly type: QueryableType | 'geometry' | 'unknown';
  /** Where the name is of an interval whose begin is `property`: its end. */
  readonly until?: PropertyName;
}

/** The names a door gives to properties. Throws InvalidError for one that cannot be. */
export type Cql2Names = (name: string) => Cql2Name;
