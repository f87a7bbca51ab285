import { InvalidError } from '#domain/errors.js';
import type { ODataExpression } from './odata-expression.js';
import type { ODataScope } from './odata-vocabulary.js';
import type { SearchableField } from './searchable-field.js';

const FOLDS: Readonly<Record<string, (text: string) => string>> = {
  tolower: (text) => text.toLowerCase(),
  toupper: (text) => text.toUpperCase(),
  trim: (text) => text.trim(),
};

/** A field, and what `tolower` or `toupper` around it makes of a text. */
export interface ODataOperand {
  readonly field: SearchableField;
  readonly folded?: (text: string) => string;
}

/** Whether a call only changes a text. */
export function isFold(name: string): boolean {
  return Object.hasOwn(FOLDS, name.toLowerCase());
}

/** The field an expression speaks of. Throws InvalidError naming a property there is none of. */
export function operandOf(expression: ODataExpression, scope: ODataScope): ODataOperand {
  if (expression.kind === 'path') {
    const field = scope.vocabulary.field(expression.segments);
    if (field !== undefined) return { field };
    const path = expression.segments.join('/').slice(0, 100);
    throw new InvalidError(`There is no property ${path} to search by.`, { subject: path });
  }
  const { fold, argument } = foldOf(expression);
  if (fold === undefined || argument === undefined) {
    throw new InvalidError(`${showExpression(expression)} cannot be compared: compare a property with a value.`);
  }
  const { field } = operandOf(argument, scope);
  return fold === FOLDS['trim'] ? { field } : { field, folded: fold };
}

/** A text given as such, or folded as clients do on both sides. Throws InvalidError for anything else. */
export function textOf(expression: ODataExpression): string {
  if (expression.kind === 'literal' && expression.type !== 'null' && expression.type !== 'geography') {
    return String(expression.value);
  }
  const { fold, argument } = foldOf(expression);
  if (fold !== undefined && argument !== undefined) return fold(textOf(argument));
  throw new InvalidError(`${showExpression(expression)} is looked for, but is no text in quotes.`);
}

/** An expression as an error shows it. */
export function showExpression(expression: ODataExpression): string {
  if (expression.kind === 'path') return expression.segments.join('/').slice(0, 60);
  if (expression.kind === 'literal') return JSON.stringify(expression.value).slice(0, 60);
  return expression.kind === 'call' ? `${expression.name.slice(0, 60)}(…)` : 'A condition';
}

function foldOf(expression: ODataExpression): {
  readonly fold?: ((text: string) => string) | undefined;
  readonly argument?: ODataExpression | undefined;
} {
  if (expression.kind !== 'call' || !isFold(expression.name) || expression.args.length !== 1) return {};
  return { fold: FOLDS[expression.name.toLowerCase()], argument: expression.args[0]?.value };
}
