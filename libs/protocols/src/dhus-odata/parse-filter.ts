import { InvalidError } from '#domain/errors.js';
import type { ComparisonName, ODataExpression } from './filter-expression.js';
import { scanFilter, type FilterToken } from './filter-scanner.js';

const MAX_DEPTH = 40;
const MAX_NODES = 8_000;
const COMPARISONS: ReadonlySet<string> = new Set(['eq', 'ne', 'lt', 'le', 'gt', 'ge']);

/** Reads a `$filter` of OData 2.0 (URI conventions §4.5): or, and, not, comparisons, functions, parentheses. Throws InvalidError (subject `$filter`). */
export function parseODataFilter(text: string): ODataExpression {
  const parser = new FilterParser(scanFilter(text));
  const expression = parser.alternatives(0);
  parser.end();
  return expression;
}

class FilterParser {
  private at = 0;
  private nodes = 0;

  constructor(private readonly tokens: readonly FilterToken[]) {}

  alternatives(depth: number): ODataExpression {
    if (depth > MAX_DEPTH) this.refuse(`is nested deeper than ${MAX_DEPTH}`);
    const args = [this.conjunction(depth)];
    while (this.takeWord('or')) args.push(this.conjunction(depth));
    return joined('or', args);
  }

  end(): void {
    if (this.peek().kind !== 'end') this.refuse('goes on where it should end');
  }

  private conjunction(depth: number): ODataExpression {
    const args = [this.comparison(depth)];
    while (this.takeWord('and')) args.push(this.comparison(depth));
    return joined('and', args);
  }

  private comparison(depth: number): ODataExpression {
    let negated = false;
    while (this.takeWord('not')) negated = !negated;
    const left = this.operand(depth);
    const token = this.peek();
    const expression =
      token.kind === 'word' && COMPARISONS.has(token.text) ? this.compared(left, token.text, depth) : left;
    return negated ? { kind: 'not', arg: expression } : expression;
  }

  private compared(left: ODataExpression, operator: string, depth: number): ODataExpression {
    this.at++;
    return { kind: 'compare', operator: operator as ComparisonName, left, right: this.operand(depth) };
  }

  private operand(depth: number): ODataExpression {
    this.nodes += 1;
    if (this.nodes > MAX_NODES) this.refuse(`has more than ${MAX_NODES} operands`);
    const token = this.peek();
    this.at++;
    if (token.kind === 'literal') return { kind: 'literal', value: token.value };
    if (token.kind === '(') {
      const inner = this.alternatives(depth + 1);
      this.close();
      return inner;
    }
    if (token.kind !== 'word') this.refuse('has an operand missing');
    if (this.peek().kind !== '(') return { kind: 'property', path: token.text };
    this.at++;
    return this.call(token.text, depth + 1);
  }

  private call(name: string, depth: number): ODataExpression {
    const args = [this.alternatives(depth)];
    while (this.peek().kind === ',') {
      this.at++;
      args.push(this.alternatives(depth));
    }
    this.close();
    return { kind: 'call', name: name.toLowerCase(), args };
  }

  private close(): void {
    if (this.peek().kind !== ')') this.refuse('has a parenthesis that is not closed');
    this.at++;
  }

  private takeWord(word: string): boolean {
    const token = this.peek();
    if (token.kind !== 'word' || token.text !== word) return false;
    this.at++;
    return true;
  }

  private peek(): FilterToken {
    return this.tokens[this.at] ?? { kind: 'end' };
  }

  private refuse(reason: string): never {
    throw new InvalidError(`The expression of $filter ${reason}.`, { subject: '$filter' });
  }
}

function joined(kind: 'and' | 'or', args: readonly ODataExpression[]): ODataExpression {
  const [first] = args;
  return args.length === 1 && first !== undefined ? first : { kind, args };
}
