import type { Filter } from '#domain/catalog/catalog-query.js';
import type { ODataExpression } from './odata-expression.js';
import type { SearchableField } from './searchable-field.js';

/** What the names in an expression mean. */
export interface ODataVocabulary {
  /** By path, e.g. `['ContentDate', 'Start']`; undefined where there is none. */
  field(path: readonly string[]): SearchableField | undefined;
  /** The attribute of that name; absent where entities have no attributes. */
  attribute?(name: string): SearchableField;
}

/** Where in an expression we are: under a `not`, a condition on something absent must be false rather than unknown. */
export interface ODataScope {
  readonly vocabulary: ODataVocabulary;
  readonly isNegated: boolean;
}

/** Compiles a condition inside another. */
export type CompileCondition = (expression: ODataExpression, scope: ODataScope) => Filter;
