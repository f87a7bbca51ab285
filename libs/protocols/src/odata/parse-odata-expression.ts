import { InvalidError } from '#domain/errors.js';
import type { ODataComparison, ODataExpression, ODataLiteral } from './odata-expression.js';
import { tokenizeOData, type ODataToken } from './odata-token.js';

const MAX_DEPTH = 60;
const COMPARISONS: ReadonlySet<string> = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le']);

/**
 * Reads an expression (OData 4.01 ABNF boolCommonExpr and what OData 2 has beside it). Operators and `true`, `false`, `null` may be in any
 * case. Throws InvalidError saying where it goes wrong; nesting is bounded while reading.
 */
export function parseODataExpression(text: string): ODataExpression {
  const parser = new Parser(tokenizeOData(text));
  const expression = parser.disjunction(0);
  parser.end();
  return expression;
}

/** One method per rule of the grammar, loosest binding first. */
class Parser {
  private at = 0;

  constructor(private readonly tokens: readonly ODataToken[]) {}

  disjunction(depth: number): ODataExpression {
    return this.joined('or', () => this.conjunction(depth));
  }

  end(): void {
    if (this.peek().kind !== 'end') this.refuse('the expression should end');
  }

  private conjunction(depth: number): ODataExpression {
    return this.joined('and', () => this.negation(depth));
  }

  private joined(kind: 'and' | 'or', operand: () => ODataExpression): ODataExpression {
    const args = [operand()];
    while (this.takeWord(kind)) args.push(operand());
    return args.length === 1 && args[0] !== undefined ? args[0] : { kind, args };
  }

  private negation(depth: number): ODataExpression {
    if (depth > MAX_DEPTH) throw new InvalidError(`The expression is nested deeper than ${MAX_DEPTH}.`);
    const before = this.at;
    // `not` may be a name too: only what follows tells.
    if (this.takeWord('not') && !this.isOperator()) return { kind: 'not', arg: this.negation(depth + 1) };
    this.at = before;
    return this.comparison(depth);
  }

  private comparison(depth: number): ODataExpression {
    const left = this.operand(depth);
    const word = this.peek().kind === 'name' ? this.peek().text.toLowerCase() : '';
    if (word === 'in') {
      this.at += 1;
      return { kind: 'in', operand: left, values: this.list(() => this.operand(depth + 1)) };
    }
    if (!COMPARISONS.has(word)) return left;
    this.at += 1;
    return { kind: 'compare', op: word as ODataComparison, left, right: this.operand(depth) };
  }

  private operand(depth: number): ODataExpression {
    const token = this.peek();
    if (token.kind === 'sign' && token.text === '(') {
      this.at += 1;
      const inner = this.disjunction(depth + 1);
      this.expect(')');
      return inner;
    }
    this.at += 1;
    if (token.kind === 'name') return constantOf(token.text) ?? this.named(token.text, depth);
    return literalOf(token) ?? this.refuse('a value or a property is missing', -1);
  }

  /** A path, a call or, where a path ends in `any` or `all`, a lambda. */
  private named(first: string, depth: number): ODataExpression {
    const segments = [first];
    while (this.takeSign('/')) segments.push(this.name());
    if (!this.takeSign('(')) return { kind: 'path', segments };
    const name = segments.pop() ?? '';
    const quantifier = name.toLowerCase();
    if (segments.length > 0 && (quantifier === 'any' || quantifier === 'all')) {
      const variable = this.name();
      this.expect(':');
      const body = this.disjunction(depth + 1);
      this.expect(')');
      return { kind: 'lambda', path: segments, quantifier, variable, body };
    }
    if (segments.length > 0) this.refuse('a call has no path in front', -1);
    return { kind: 'call', name, args: this.arguments(depth + 1) };
  }

  private arguments(depth: number): Extract<ODataExpression, { kind: 'call' }>['args'] {
    if (this.takeSign(')')) return [];
    const args = [this.argument(depth)];
    while (this.takeSign(',')) args.push(this.argument(depth));
    this.expect(')');
    return args;
  }

  private argument(depth: number): { readonly name?: string; readonly value: ODataExpression } {
    const [first, second] = [this.peek(), this.tokens[this.at + 1]];
    if (first.kind === 'name' && second?.kind === 'sign' && second.text === '=') {
      this.at += 2;
      return { name: first.text, value: this.disjunction(depth) };
    }
    return { value: this.disjunction(depth) };
  }

  private list<T>(item: () => T): readonly T[] {
    this.expect('(');
    const items = [item()];
    while (this.takeSign(',')) items.push(item());
    this.expect(')');
    return items;
  }

  private name(): string {
    const token = this.peek();
    if (token.kind !== 'name') this.refuse('a name is missing');
    this.at += 1;
    return token.text;
  }

  private isOperator(): boolean {
    const token = this.peek();
    return token.kind === 'name' && (COMPARISONS.has(token.text) || token.text === 'in');
  }

  private peek(): ODataToken {
    return this.tokens[this.at] ?? { kind: 'end', text: '', at: 0 };
  }

  private takeWord(word: string): boolean {
    const token = this.peek();
    if (token.kind !== 'name' || token.text.toLowerCase() !== word) return false;
    this.at += 1;
    return true;
  }

  private takeSign(sign: string): boolean {
    const token = this.peek();
    if (token.kind !== 'sign' || token.text !== sign) return false;
    this.at += 1;
    return true;
  }

  private expect(sign: string): void {
    if (!this.takeSign(sign)) this.refuse(`"${sign}" is missing`);
  }

  private refuse(what: string, from = 0): never {
    const { at, text } = this.tokens[this.at + from] ?? this.peek();
    const near = text === '' ? 'at its end' : `at character ${at + 1}, near ${JSON.stringify(text.slice(0, 40))}`;
    throw new InvalidError(`The expression cannot be read: ${what} ${near}.`);
  }
}

function constantOf(word: string): ODataLiteral | undefined {
  const lower = word.toLowerCase();
  if (lower === 'true' || lower === 'false') return { kind: 'literal', type: 'boolean', value: lower === 'true' };
  return lower === 'null' ? { kind: 'literal', type: 'null', value: null } : undefined;
}

function literalOf(token: ODataToken): ODataLiteral | undefined {
  switch (token.kind) {
    case 'number':
      return { kind: 'literal', type: 'number', value: Number(token.text) };
    case 'string':
    case 'guid':
    case 'date':
      return { kind: 'literal', type: token.kind, value: token.text };
    case 'typed':
      return typedLiteral(token.type, token.text);
    case 'name':
    case 'sign':
    case 'end':
      return undefined;
  }
}

/** Version 2 puts the type before the quotes, version 4 only for places. */
function typedLiteral(type: string, value: string): ODataLiteral | undefined {
  switch (type) {
    case 'geography':
    case 'geometry':
      return { kind: 'literal', type: 'geography', value };
    case 'datetime':
    case 'datetimeoffset':
    case 'date':
      return { kind: 'literal', type: 'date', value };
    case 'guid':
      return { kind: 'literal', type: 'guid', value };
    default:
      return undefined;
  }
}
