import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidError } from '#domain/errors.js';
import { parseDhusQuery } from './parse-query.js';
import type { QueryBound, QueryExpression, QueryValue } from './query-expression.js';

const text = (field: string | undefined, value: string, quoted = false): QueryExpression => ({
  kind: 'term',
  ...(field === undefined ? {} : { field }),
  value: { kind: 'text', text: value, quoted },
});

describe('the grammar of q', () => {
  const [a, b, c] = [text('a', '1'), text('b', '2'), text('c', '3')];

  it.each<[string, QueryExpression]>([
    ['*', { kind: 'any' }],
    ['*:*', { kind: 'any' }],
    ['a:1', a],
    ['a : 1', a],
    ['a:"x y"', text('a', 'x y', true)],
    ['a:"say \\"x\\""', text('a', 'say "x"', true)],
    ['a:x\\:y\\ z', text('a', 'x:y z')],
    ['S1A_WV_OCN__2SSH_20150603T092625', text(undefined, 'S1A_WV_OCN__2SSH_20150603T092625')],
    ['a:1 b:2', { kind: 'and', args: [a, b] }],
    ['a:1 AND b:2', { kind: 'and', args: [a, b] }],
    ['a:1 && b:2', { kind: 'and', args: [a, b] }],
    ['a:1 and b:2 or c:3', { kind: 'or', args: [{ kind: 'and', args: [a, b] }, c] }],
    ['a:1 b:2 OR c:3', { kind: 'or', args: [{ kind: 'and', args: [a, b] }, c] }],
    ['(a:1 OR b:2) c:3', { kind: 'and', args: [{ kind: 'or', args: [a, b] }, c] }],
    ['a:1 AND (b:2 || c:3)', { kind: 'and', args: [a, { kind: 'or', args: [b, c] }] }],
    ['NOT a:1', { kind: 'not', arg: a }],
    ['a:1 AND NOT b:2', { kind: 'and', args: [a, { kind: 'not', arg: b }] }],
    ['-a:1 +b:2', { kind: 'and', args: [{ kind: 'not', arg: a }, b] }],
    ['!a:1', { kind: 'not', arg: a }],
    ['a:(1 OR 2)', { kind: 'or', args: [a, text('a', '2')] }],
    ['a:1^4', a],
    ['ORBIT AND ANDES', { kind: 'and', args: [text(undefined, 'ORBIT'), text(undefined, 'ANDES')] }],
    ['a:S1A*', { kind: 'term', field: 'a', value: { kind: 'wildcard', pattern: 'S1A*' } }],
    ['a:*IW_GRDH*', { kind: 'term', field: 'a', value: { kind: 'wildcard', pattern: '*IW_GRDH*' } }],
    ['a:/S[12 ]A.*/', { kind: 'term', field: 'a', value: { kind: 'regex', source: 'S[12 ]A.*' } }],
    ['a:/x\\/y/', { kind: 'term', field: 'a', value: { kind: 'regex', source: 'x/y' } }],
  ])('reads %s', (query, expression) => {
    expect(parseDhusQuery(query)).toEqual(expression);
  });

  const range = (lower: string | undefined, upper: string | undefined, ends = '[]'): QueryExpression => ({
    kind: 'term',
    field: 'd',
    value: {
      kind: 'range',
      lower: { text: lower, inclusive: ends.startsWith('[') },
      upper: { text: upper, inclusive: ends.endsWith(']') },
    },
  });

  it.each([
    ['d:[1 TO 2]', range('1', '2')],
    ['d:{101 TO 103}', range('101', '103', '{}')],
    ['d:[1 TO 2}', range('1', '2', '[}')],
    ['d:["NOW-1DAY" TO *]', range('NOW-1DAY', undefined)],
    ['d:[* TO *]', range(undefined, undefined)],
    ['d:["0" TO "10"]', range('0', '10')],
    [
      'd:[2017-05-30T00:00:00Z TO 2017-05-31T00:00:00Z+1DAY]',
      range('2017-05-30T00:00:00Z', '2017-05-31T00:00:00Z+1DAY'),
    ],
  ])('reads the range %s', (query, expression) => {
    expect(parseDhusQuery(query)).toEqual(expression);
  });

  it.each([
    '',
    '(',
    ')',
    'a:1)',
    '(a:1',
    'õäöüÿ(',
    'a:"x',
    'a:/x',
    'a:',
    'a:1 AND',
    'NOT',
    'a:[1 2]',
    'a:[1 TO 2',
    'a:[NOW - 1HOUR TO *]',
    'a:[NOW-1 HOURS TO *]',
    'a:x~2',
    'a:"x y"~3',
    'a:1^x',
    '"'.repeat(10_001),
    '('.repeat(50_000),
    'NOT '.repeat(1000),
    'a '.repeat(5_000),
  ])('refuses %.40s in the words of Solr', (query) => {
    expect(() => parseDhusQuery(query)).toThrow(/^org\.apache\.solr\.search\.SyntaxError: Cannot parse '/);
  });
});

const word = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,8}$/).filter((one) => !/^(and|or|not|to)$/i.test(one));
const bound: fc.Arbitrary<QueryBound> = fc.record({
  text: fc.option(word, { nil: undefined }),
  inclusive: fc.boolean(),
});
const value: fc.Arbitrary<QueryValue> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: word, quoted: fc.constant(false) }),
  fc.record({ kind: fc.constant('text' as const), text: fc.string(), quoted: fc.constant(true) }),
  fc.record({ kind: fc.constant('wildcard' as const), pattern: word.map((text) => `*${text}?`) }),
  fc.record({ kind: fc.constant('regex' as const), source: word.map((text) => `${text}.*`) }),
  fc.record({ kind: fc.constant('range' as const), lower: bound, upper: bound }),
);
const { expression } = fc.letrec<{ expression: QueryExpression }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ kind: fc.constant('term' as const), field: fc.stringMatching(/^[a-z]{1,8}$/), value }),
    fc.record({ kind: fc.constant('not' as const), arg: tie('expression') }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      args: fc.array(tie('expression'), { minLength: 2, maxLength: 4 }),
    }),
  ),
}));

function write(node: QueryExpression): string {
  switch (node.kind) {
    case 'any':
      return '*';
    case 'not':
      return `NOT (${write(node.arg)})`;
    case 'and':
    case 'or':
      return node.args.map((arg) => `(${write(arg)})`).join(node.kind === 'and' ? ' AND ' : ' OR ');
    case 'term':
      return `${node.field}:${writeValue(node.value)}`;
  }
}

function writeValue(node: QueryValue): string {
  switch (node.kind) {
    case 'text':
      return node.quoted ? `"${node.text.replaceAll(/["\\]/g, '\\$&')}"` : node.text;
    case 'wildcard':
      return node.pattern;
    case 'regex':
      return `/${node.source}/`;
    case 'range': {
      const [open, close] = [node.lower.inclusive ? '[' : '{', node.upper.inclusive ? ']' : '}'];
      return `${open}${node.lower.text ?? '*'} TO ${node.upper.text ?? '*'}${close}`;
    }
  }
}

describe('any q', () => {
  it('is read as what was written', () => {
    fc.assert(fc.property(expression, (node) => expect(parseDhusQuery(write(node))).toEqual(node)));
  });

  it('is read or refused, never anything else', () => {
    const noise = fc.string({ unit: fc.constantFrom(...Array.from('ab:*?"/[]{}()\\ ~^+-!&|')) });
    fc.assert(
      fc.property(fc.oneof(noise, fc.string()), (query) => {
        try {
          parseDhusQuery(query);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidError);
        }
      }),
    );
  });
});
