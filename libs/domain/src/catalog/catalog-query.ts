import type { Geometry } from '../geometry/geometry.js';
import type { TimeInterval } from '../geometry/time-interval.js';

/** A literal in a filter. Dates are UTC. */
export type Literal = string | number | boolean | Date;

/** OGC 09-026r2 §7.8 spatial relations of the footprint to a geometry, plus distance in metres. */
export type SpatialRelation =
  'intersects' | 'disjoint' | 'within' | 'contains' | 'overlaps' | 'touches' | 'crosses' | 'equals';

/** Relation of the acquisition interval to a given one. `overlaps` is the default of every door. */
export type TemporalRelation = 'overlaps' | 'within' | 'contains' | 'after' | 'before' | 'equals' | 'disjoint';

/** Typed comparison operators. */
export type ComparisonOperator = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';

/** Refers to a queryable by its name in the vocabulary, or to a property outside it (kept in jsonb) as `extra:<name>`. */
export type PropertyName = string;

/** Relations of two lists as sets (OGC 21-065r2 §7.10). */
export type ListRelation = 'equals' | 'contains' | 'containedBy' | 'overlaps';

/** Relations of two intervals (OGC 21-065r2 §7.9, after Allen). */
export type IntervalRelation =
  | 'after'
  | 'before'
  | 'contains'
  | 'disjoint'
  | 'during'
  | 'equals'
  | 'finishedBy'
  | 'finishes'
  | 'intersects'
  | 'meets'
  | 'metBy'
  | 'overlappedBy'
  | 'overlaps'
  | 'startedBy'
  | 'starts';

/** Operators between numbers; `div` gives whole ones. What has no result (division by zero, too large) is absent. */
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | 'div' | '^';

/** A value made of literals and properties; `footprint` is a property of places. An absent part makes it absent. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: Literal }
  | { readonly kind: 'place'; readonly geometry: Geometry }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'property'; readonly property: PropertyName }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  /** Text without what tells upper from lower case, or without accents. */
  | { readonly kind: 'folded'; readonly without: 'case' | 'accents'; readonly text: Expression }
  /** A function of `catalog-functions.ts`. */
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] };

/** From an instant to another; an absent end is open. */
export interface Span {
  readonly start?: Expression;
  readonly end?: Expression;
}

/** A condition on computed values, in the same three-valued logic as any other. */
export type ComputedTest =
  | {
      readonly kind: 'compare';
      readonly operator: ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  /** The pattern has no property in it. */
  | { readonly kind: 'like'; readonly text: Expression; readonly pattern: Expression }
  | { readonly kind: 'absent'; readonly value: Expression }
  | {
      readonly kind: 'lists';
      readonly relation: ListRelation;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'spans'; readonly relation: IntervalRelation; readonly left: Span; readonly right: Span }
  | {
      readonly kind: 'places';
      readonly relation: SpatialRelation;
      readonly left: Expression;
      readonly right: Expression;
    };

/**
 * The filter every door compiles to. A comparison with an absent (null) property is false, and so is its `not`
 * (SQL three-valued logic, as CQL2 OGC 21-065 §6.5 and Filter 2.0 expect); use `isNull` to find absent values.
 */
export type Filter =
  | { readonly op: 'and' | 'or'; readonly args: readonly Filter[] }
  | { readonly op: 'not'; readonly arg: Filter }
  | {
      readonly op: ComparisonOperator;
      readonly property: PropertyName;
      readonly value: Literal;
      readonly caseInsensitive?: boolean;
    }
  | {
      readonly op: 'in';
      readonly property: PropertyName;
      readonly values: readonly Literal[];
      readonly caseInsensitive?: boolean;
    }
  | { readonly op: 'between'; readonly property: PropertyName; readonly lower: Literal; readonly upper: Literal }
  /** `%` any run, `_` one character, `\` escapes. */
  | {
      readonly op: 'like';
      readonly property: PropertyName;
      readonly pattern: string;
      readonly caseInsensitive?: boolean;
    }
  | { readonly op: 'isNull'; readonly property: PropertyName }
  | { readonly op: 'spatial'; readonly relation: SpatialRelation; readonly geometry: Geometry }
  /** Footprint within `distance` metres of the geometry. */
  | { readonly op: 'distance'; readonly geometry: Geometry; readonly distance: number }
  | { readonly op: 'temporal'; readonly relation: TemporalRelation; readonly interval: TimeInterval }
  /** Free text over id, collection and descriptive properties; words are AND-ed, a trailing `*` is a prefix. */
  | { readonly op: 'text'; readonly text: string }
  /** What no node above can say, e.g. one property against another: read row by row, no index serves it. */
  | { readonly op: 'computed'; readonly test: ComputedTest }
  /** Always true / always false: what an optimised-away branch leaves. */
  | { readonly op: 'constant'; readonly value: boolean };

/** One sort key; ties are always broken by collection and id so that an order is total. */
export interface SortKey {
  readonly property: PropertyName;
  readonly direction: 'asc' | 'desc';
}

/**
 * Which slice of the ordered result. Keyset: after an opaque cursor made by the store. Number: after `offset` rows, as many as there were when the page
 * before it was read: who walks on page after page loses and doubles nothing while products come and go, as with a cursor. A page is full unless it is the
 * last, however deep. Two who walk the same query at once while it changes may share each other's places.
 */
export type Page =
  | { readonly kind: 'keyset'; readonly limit: number; readonly cursor?: string }
  | { readonly kind: 'number'; readonly limit: number; readonly offset: number };

/**
 * `none`: do not count. `exact`: count all, whatever it takes (the statement budget holds). `patient`: the same for some seconds, then as `auto`, so that no
 * page fails by its count. `auto`: exact where tallies tell or few match, else an estimate
 * from a sample, labelled as such, which costs about as much as the page. `exactOrNone`: what `auto` finds out exactly, and nothing instead of an estimate.
 */
export type CountMode = 'none' | 'exact' | 'patient' | 'auto' | 'exactOrNone';

/** The one query in the middle: CSW, OpenSearch, DHuS, OData, STAC and WMS TIME all compile to it. */
export interface CatalogQuery {
  readonly collections?: readonly string[];
  readonly ids?: readonly string[];
  readonly filter?: Filter;
  /** Default: acquisition begin, newest first. */
  readonly sort?: readonly SortKey[];
  readonly page: Page;
  readonly count?: CountMode;
  /** Leave out products a newer processing baseline has superseded. */
  readonly latestOnly?: boolean;
}

/** How many products match; `exact` false means an estimate, and a door must say so or leave it out. */
export interface MatchCount {
  readonly value: number;
  readonly exact: boolean;
}
