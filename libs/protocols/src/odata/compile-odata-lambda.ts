import type { Filter } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import { allOf, anyOf, noneOf } from './combine-filters.js';
import type { ODataExpression, ODataLambda } from './odata-expression.js';
import type { CompileCondition, ODataScope, ODataVocabulary } from './odata-vocabulary.js';
import { constantField, propertyField, type SearchableField } from './searchable-field.js';

const CASTS = /^OData\.CSC\.\w{1,40}Attribute$/i;
/** Attributes one condition may choose between. */
const MAX_NAMES = 100;

/**
 * `Attributes/OData.CSC.StringAttribute/any(att:att/Name eq 'x' and att/OData.CSC.StringAttribute/Value eq v)`: for each name the body mentions
 * it is compiled with that attribute's value, whatever type the cast says. Throws InvalidError where the body names no attribute.
 */
export function compileLambda(lambda: ODataLambda, scope: ODataScope, compile: CompileCondition): Filter {
  const { vocabulary } = scope;
  if (vocabulary.attribute === undefined || !isAttributes(lambda.path)) {
    throw new InvalidError(`There is no collection ${lambda.path.join('/').slice(0, 60)} to search in.`);
  }
  if (lambda.quantifier === 'all') throw new InvalidError('Attributes are searched by any(…), not by all(…).');
  const names = [...new Set(namesIn(lambda.body, lambda.variable))];
  if (names.length > MAX_NAMES) throw new InvalidError(`A condition chooses between at most ${MAX_NAMES} attributes.`);
  const within = (candidate: Candidate): Filter =>
    compile(lambda.body, { ...scope, vocabulary: vocabularyOf(lambda.variable, candidate) });
  const unnamed = within({ name: '', field: propertyField('', 'string') });
  if (unnamed.op !== 'constant' || unnamed.value) {
    throw new InvalidError(`The condition on Attributes does not say which: add ${lambda.variable}/Name eq '…'.`);
  }
  return anyOf(
    names.map((name) => {
      const field = attributeOf(vocabulary, name);
      const condition = within({ name, field });
      if (condition.op !== 'constant' && !scope.isNegated) return condition;
      return allOf([noneOf(field.isNull), condition]);
    }),
  );
}

function attributeOf(vocabulary: ODataVocabulary, name: string): SearchableField {
  return vocabulary.attribute?.(name) ?? constantField('');
}

interface Candidate {
  readonly name: string;
  readonly field: SearchableField;
}

function vocabularyOf(variable: string, { name, field }: Candidate): ODataVocabulary {
  return {
    field: (path) => {
      const member = memberOf(path, variable);
      if (member === 'name') return constantField(name);
      return member === 'value' ? field : undefined;
    },
  };
}

/** `att/Name`, `att/Value`, `att/OData.CSC.StringAttribute/Value`. */
function memberOf(path: readonly string[], variable: string): string | undefined {
  const [first, ...rest] = path;
  const members = rest.filter((segment) => !CASTS.test(segment));
  return first === variable && members.length === 1 ? members[0]?.toLowerCase() : undefined;
}

function isAttributes(path: readonly string[]): boolean {
  const [first, ...casts] = path;
  return first?.toLowerCase() === 'attributes' && casts.every((cast) => CASTS.test(cast));
}

/** Names the body compares the variable's `Name` with. */
function namesIn(body: ODataExpression, variable: string): readonly string[] {
  switch (body.kind) {
    case 'and':
    case 'or':
      return body.args.flatMap((arg) => namesIn(arg, variable));
    case 'not':
      return namesIn(body.arg, variable);
    case 'compare':
      return namedBy(body.left, [body.right], variable).concat(namedBy(body.right, [body.left], variable));
    case 'in':
      return namedBy(body.operand, body.values, variable);
    case 'call':
    case 'lambda':
    case 'path':
    case 'literal':
      return [];
  }
}

function namedBy(operand: ODataExpression, values: readonly ODataExpression[], variable: string): string[] {
  if (operand.kind !== 'path' || memberOf(operand.segments, variable) !== 'name') return [];
  return values.flatMap((value) => (value.kind === 'literal' && value.type === 'string' ? [value.value] : []));
}
