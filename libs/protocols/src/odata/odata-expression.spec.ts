import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ODataExpression } from './odata-expression.js';
import { parseODataExpression } from './parse-odata-expression.js';

const names = fc.constantFrom(
  'Name',
  'Online',
  'ContentDate',
  'x_1',
  'OData.CSC.StringAttribute',
  'notes',
  'inner',
  'android',
);
const uuid = fc.uuid();
const date = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((instant) => instant.toISOString());
const literal = fc.oneof(
  fc.string({ unit: 'grapheme' }).map((value) => ({ kind: 'literal', type: 'string', value }) as const),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value) => ({ kind: 'literal', type: 'number', value: value + 0 }) as const),
  fc.boolean().map((value) => ({ kind: 'literal', type: 'boolean', value }) as const),
  uuid.map((value) => ({ kind: 'literal', type: 'guid', value }) as const),
  date.map((value) => ({ kind: 'literal', type: 'date', value }) as const),
  fc.constant({ kind: 'literal', type: 'null', value: null } as const),
  fc.string().map((value) => ({ kind: 'literal', type: 'geography', value }) as const),
);
const path = fc.array(names, { minLength: 1, maxLength: 3 }).map((segments) => ({ kind: 'path', segments }) as const);

const { expression } = fc.letrec<{ expression: ODataExpression; condition: ODataExpression }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4 },
    fc.record({
      kind: fc.constant('compare' as const),
      op: fc.constantFrom('eq', 'ne', 'gt', 'ge', 'lt', 'le'),
      left: path,
      right: literal,
    }),
    fc.record({
      kind: fc.constant('in' as const),
      operand: path,
      values: fc.array(literal, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant('call' as const),
      name: fc.constantFrom('contains', 'OData.CSC.Intersects'),
      args: fc.array(
        fc.oneof(
          fc.record({ value: fc.oneof(path, literal) }),
          fc.record({ name: names, value: fc.oneof(path, literal) }),
        ),
        { maxLength: 3 },
      ),
    }),
    fc.record({
      kind: fc.constant('lambda' as const),
      path: fc.array(names, { minLength: 1, maxLength: 2 }),
      quantifier: fc.constantFrom('any', 'all'),
      variable: fc.constantFrom('att', 'i0', 'd'),
      body: tie('expression'),
    }),
    fc.record({ kind: fc.constant('not' as const), arg: tie('condition') }),
  ),
  expression: fc.oneof(
    { maxDepth: 4 },
    tie('condition'),
    fc.record({ kind: fc.constantFrom('and', 'or'), args: fc.array(tie('condition'), { minLength: 2, maxLength: 4 }) }),
  ),
}));

/** The plainest way to write an expression. */
function write(node: ODataExpression): string {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.args.map((arg) => `(${write(arg)})`).join(` ${node.kind} `);
    case 'not':
      return `not (${write(node.arg)})`;
    case 'compare':
      return `${write(node.left)} ${node.op} ${write(node.right)}`;
    case 'in':
      return `${write(node.operand)} in (${node.values.map(write).join(',')})`;
    case 'call':
      return `${node.name}(${node.args.map(writeArgument).join(', ')})`;
    case 'lambda':
      return `${node.path.join('/')}/${node.quantifier}(${node.variable}:${write(node.body)})`;
    case 'path':
      return node.segments.join('/');
    case 'literal':
      return writeText(node.type, String(node.value));
  }
}

function writeArgument({ name, value }: { readonly name?: string; readonly value: ODataExpression }): string {
  return name === undefined ? write(value) : `${name}=${write(value)}`;
}

function writeText(type: string, text: string): string {
  if (type !== 'string' && type !== 'geography') return text;
  return `${type === 'geography' ? 'geography' : ''}'${text.replaceAll("'", "''")}'`;
}

describe('OData expressions', () => {
  it('reads back every expression that can be written', () => {
    fc.assert(
      fc.property(expression, (given) => {
        expect(parseODataExpression(write(given))).toEqual(given);
      }),
      { numRuns: 500 },
    );
  });

  it('reads or refuses any text, and never fails otherwise', () => {
    const pieces = fc.constantFrom(
      "'",
      '(',
      ')',
      ',',
      '/',
      ':',
      '=',
      ' ',
      'and',
      'not',
      'eq',
      'any',
      'Name',
      '1',
      "geography'",
      '-',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        const read = (): ODataExpression => parseODataExpression(text);
        let result: unknown;
        try {
          result = read();
        } catch (error) {
          expect(error).toMatchObject({ kind: 'invalid' });
          return;
        }
        expect(result).toHaveProperty('kind');
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, ODataExpression]>([
    // Version 2, as DHuS is asked.
    [
      "CreationDate ge datetime'2018-06-04T00:00:00.000'",
      {
        kind: 'compare',
        op: 'ge',
        left: { kind: 'path', segments: ['CreationDate'] },
        right: { kind: 'literal', type: 'date', value: '2018-06-04T00:00:00.000' },
      },
    ],
    [
      'ContentLength gt 10L',
      {
        kind: 'compare',
        op: 'gt',
        left: { kind: 'path', segments: ['ContentLength'] },
        right: { kind: 'literal', type: 'number', value: 10 },
      },
    ],
  ])('reads %s', (text, expected) => expect(parseODataExpression(text)).toEqual(expected));
});
