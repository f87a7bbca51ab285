/** A literal of OData 2.0 (URI conventions §4.5, Abstract Type System §6). */
export type ODataLiteral = string | number | boolean | Date | null;

/** Comparison operators of `$filter`. */
export type ComparisonName = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';

/** A parsed `$filter`. */
export type ODataExpression =
  | { readonly kind: 'and' | 'or'; readonly args: readonly ODataExpression[] }
  | { readonly kind: 'not'; readonly arg: ODataExpression }
  | {
      readonly kind: 'compare';
      readonly operator: ComparisonName;
      readonly left: ODataExpression;
      readonly right: ODataExpression;
    }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly ODataExpression[] }
  /** `Name`, `ContentDate/Start`. */
  | { readonly kind: 'property'; readonly path: string }
  | { readonly kind: 'literal'; readonly value: ODataLiteral };
