/** One end of a range: open (`*`), or its text as written, quoted or bare. */
export interface QueryBound {
  readonly text: string | undefined;
  readonly inclusive: boolean;
}

/** What a field (or, without one, the text of a product) is compared with. */
export type QueryValue =
  /** A bare word or a quoted phrase; `quoted` ones are taken literally. */
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  /** `*` any run, `?` one character, `\` escapes. */
  | { readonly kind: 'wildcard'; readonly pattern: string }
  | { readonly kind: 'regex'; readonly source: string }
  | { readonly kind: 'range'; readonly lower: QueryBound; readonly upper: QueryBound };

/** A parsed `q` of DHuS OpenSearch. `any` is `*` and `*:*`. */
export type QueryExpression =
  | { readonly kind: 'and' | 'or'; readonly args: readonly QueryExpression[] }
  | { readonly kind: 'not'; readonly arg: QueryExpression }
  | { readonly kind: 'term'; readonly field?: string; readonly value: QueryValue }
  | { readonly kind: 'any' };
