import type { Geometry } from '#domain/geometry/geometry.js';
import type { SqlParameters } from './sql-parameters.js';

/** What is collected and known while a filter becomes SQL over `catalogue.product p`. */
export interface FilterContext {
  readonly parameters: SqlParameters;
  /** Longest acquisition of the collections asked, milliseconds: nothing that began earlier than that before an instant lasts until it. */
  readonly longestMs: number;
  /** Whether areas are tested product by product, and the index of places is kept out of it. */
  readonly placesByProduct?: boolean | undefined;
  /** Geometries whose self-intersection the database must rule out first. */
  readonly geometries: Geometry[];
}
