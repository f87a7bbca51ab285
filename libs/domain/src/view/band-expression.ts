/** Operators between two numbers; comparisons and logic give 1 and 0, and what is not a number stays none. */
export type BandOperator = '+' | '-' | '*' | '/' | '^' | '<' | '<=' | '>' | '>=' | '==' | '!=' | '&&' | '||';

/** A formula over the bands of a product: data, so that it crosses threads and never is code. */
export type BandExpression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'band'; readonly name: string }
  | {
      readonly kind: 'binary';
      readonly operator: BandOperator;
      readonly left: BandExpression;
      readonly right: BandExpression;
    }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly BandExpression[] };

/** Names of the bands an expression reads, each once, in order of appearance. */
export function bandsOf(expression: BandExpression): readonly string[] {
  return [...new Set(namesIn(expression))];
}

function namesIn(expression: BandExpression): readonly string[] {
  switch (expression.kind) {
    case 'number':
      return [];
    case 'band':
      return [expression.name];
    case 'binary':
      return [...namesIn(expression.left), ...namesIn(expression.right)];
    case 'call':
      return expression.args.flatMap(namesIn);
  }
}

/** How many operators, functions, numbers and band names an expression has. */
export function partsOf(expression: BandExpression): number {
  switch (expression.kind) {
    case 'number':
    case 'band':
      return 1;
    case 'binary':
      return 1 + partsOf(expression.left) + partsOf(expression.right);
    case 'call':
      return expression.args.reduce((sum, arg) => sum + partsOf(arg), 1);
  }
}
