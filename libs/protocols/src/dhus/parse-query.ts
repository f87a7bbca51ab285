import type { QueryBound, QueryExpression, QueryValue } from './query-expression.js';
import { QueryScanner } from './query-scanner.js';

/** How deep parentheses may nest, and how many conditions there may be. */
const MAX_DEPTH = 40;
const MAX_TERMS = 2_000;

/**
 * Reads a `q` of DHuS OpenSearch: fields with words, phrases, wildcards, regular expressions and ranges, parentheses, AND, OR, NOT (also `&& || ! + -`);
 * conditions side by side are AND-ed, which binds as AND does, before OR. Throws InvalidError (subject `q`) where it goes wrong.
 */
export function parseDhusQuery(text: string): QueryExpression {
  return new QueryParser(text).parse();
}

class QueryParser {
  private readonly scanner: QueryScanner;
  private terms = 0;

  constructor(text: string) {
    this.scanner = new QueryScanner(text);
  }

  parse(): QueryExpression {
    const expression = this.alternatives(0, undefined);
    if (!this.scanner.atEnd()) this.scanner.refuse(`"${this.scanner.peek()}" is not expected`);
    return expression;
  }

  private alternatives(depth: number, field: string | undefined): QueryExpression {
    if (depth > MAX_DEPTH) this.scanner.refuse(`parentheses are nested deeper than ${MAX_DEPTH}`);
    const args = [this.conjunction(depth, field)];
    while (this.scanner.takeOperator(['OR', '||'])) args.push(this.conjunction(depth, field));
    return joined('or', args);
  }

  private conjunction(depth: number, field: string | undefined): QueryExpression {
    const args = [this.clause(depth, field)];
    while (this.scanner.takeOperator(['AND', '&&']) || this.continues()) args.push(this.clause(depth, field));
    return joined('and', args);
  }

  /** Whether another condition follows without an operator. */
  private continues(): boolean {
    const next = this.scanner.peek();
    if (next === '' || next === ')') return false;
    return !this.isOr();
  }

  private isOr(): boolean {
    return this.scanner.looksLike(['OR', '||']);
  }

  private clause(depth: number, field: string | undefined): QueryExpression {
    let negated = false;
    for (;;) {
      if (this.scanner.takeOperator(['NOT', '!', '-'])) negated = !negated;
      else if (!this.scanner.takeOperator(['+'])) break;
    }
    const operand = this.operand(depth, field);
    return negated ? { kind: 'not', arg: operand } : operand;
  }

  private operand(depth: number, outer: string | undefined): QueryExpression {
    this.terms += 1;
    if (this.terms > MAX_TERMS) this.scanner.refuse(`there are more than ${MAX_TERMS} conditions`);
    const field = outer ?? this.scanner.takeField();
    const operand = this.scanner.take('(') ? this.group(depth, field) : this.term(field);
    this.boost();
    return operand;
  }

  private group(depth: number, field: string | undefined): QueryExpression {
    const inner = this.alternatives(depth + 1, field === '*' ? undefined : field);
    if (!this.scanner.take(')')) this.scanner.refuse('a parenthesis is not closed');
    return inner;
  }

  private term(field: string | undefined): QueryExpression {
    const value = this.value();
    const isAny = value.kind === 'wildcard' && value.pattern === '*';
    if (isAny && (field === undefined || field === '*')) return { kind: 'any' };
    return field === undefined || field === '*' ? { kind: 'term', value } : { kind: 'term', field, value };
  }

  private value(): QueryValue {
    const { scanner } = this;
    if (scanner.take('"')) return { kind: 'text', text: scanner.phrase(), quoted: true };
    if (scanner.take('/')) return { kind: 'regex', source: scanner.regex() };
    if (scanner.take('[')) return this.range(true);
    if (scanner.take('{')) return this.range(false);
    const word = scanner.word();
    if (/^[^\\*?]*(?:\\.[^\\*?]*)*$/s.test(word)) return { kind: 'text', text: unescape(word), quoted: false };
    return { kind: 'wildcard', pattern: word };
  }

  private range(lowerInclusive: boolean): QueryValue {
    const { scanner } = this;
    const lower = this.bound(lowerInclusive);
    if (!scanner.takeOperator(['TO'])) scanner.refuse('a range is written [a TO b]');
    const upper = this.bound(true);
    if (scanner.take(']')) return { kind: 'range', lower, upper };
    if (scanner.take('}')) return { kind: 'range', lower, upper: { ...upper, inclusive: false } };
    return scanner.refuse('a range is not closed');
  }

  private bound(inclusive: boolean): QueryBound {
    const text = this.scanner.bound();
    return { text: text === '*' ? undefined : text, inclusive };
  }

  /** A weight has no meaning for what is found; likeness cannot be searched by. */
  private boost(): void {
    if (this.scanner.take('^') && !/^\d+(\.\d+)?$/.test(this.scanner.word()))
      this.scanner.refuse('a boost is a number');
    if (this.scanner.peek() === '~') this.scanner.refuse('fuzzy and proximity searches are not supported');
  }
}

function joined(kind: 'and' | 'or', args: readonly QueryExpression[]): QueryExpression {
  const [first] = args;
  return args.length === 1 && first !== undefined ? first : { kind, args };
}

function unescape(word: string): string {
  return word.replaceAll(/\\(.)/gs, '$1');
}
