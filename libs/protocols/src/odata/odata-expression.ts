/** Comparison operators, the same in OData 2 and 4. */
export type ODataComparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';

/** A value written in an expression; text keeps what was between the quotes. `geography` is EWKT. */
export type ODataLiteral =
  | { readonly kind: 'literal'; readonly type: 'string' | 'guid' | 'date' | 'geography'; readonly value: string }
  | { readonly kind: 'literal'; readonly type: 'number'; readonly value: number }
  | { readonly kind: 'literal'; readonly type: 'boolean'; readonly value: boolean }
  | { readonly kind: 'literal'; readonly type: 'null'; readonly value: null };

/** `ContentDate/Start`, `att/OData.CSC.StringAttribute/Value`: its segments. */
export interface ODataPath {
  readonly kind: 'path';
  readonly segments: readonly string[];
}

/** `contains(Name,'S2')`, `OData.CSC.Intersects(area=geography'…')`: the name as written; arguments may be named. */
export interface ODataCall {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly { readonly name?: string; readonly value: ODataExpression }[];
}

/** `Attributes/OData.CSC.StringAttribute/any(att:…)`. */
export interface ODataLambda {
  readonly kind: 'lambda';
  readonly path: readonly string[];
  readonly quantifier: 'any' | 'all';
  readonly variable: string;
  readonly body: ODataExpression;
}

/** A `$filter` as read, for OData 2 (DHuS) and 4 (CDSE) alike; what names mean is the matter of whoever compiles it. */
export type ODataExpression =
  | { readonly kind: 'and' | 'or'; readonly args: readonly ODataExpression[] }
  | { readonly kind: 'not'; readonly arg: ODataExpression }
  | {
      readonly kind: 'compare';
      readonly op: ODataComparison;
      readonly left: ODataExpression;
      readonly right: ODataExpression;
    }
  | { readonly kind: 'in'; readonly operand: ODataExpression; readonly values: readonly ODataExpression[] }
  | ODataCall
  | ODataLambda
  | ODataPath
  | ODataLiteral;
