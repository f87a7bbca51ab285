import { InvalidError } from '#domain/errors.js';

/** One token of CQL_TEXT: a name, a quoted text, a number, or a sign. */
export interface CqlToken {
  readonly kind: 'name' | 'text' | 'number' | 'sign' | 'end';
  readonly value: string;
  readonly at: number;
}

const SPACE = /\s*/y;
/** Names have prefixes and paths: `apiso:Type`, `csw:Record/dc:title`, `"quoted"`. */
const NAME = /[\p{L}_][\p{L}\p{N}_:./@-]*/uy;
const NUMBER = /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\p{L}\p{N}_:-])/uy;
const DATE =
  /\d{4}-\d{2}(?:-\d{2})?(?:T[0-9:.]+(?:Z|[+-]\d{2}:?\d{2})?)?(?:\/\d{4}-\d{2}-\d{2}(?:T[0-9:.]+(?:Z|[+-]\d{2}:?\d{2})?)?)?/y;
const SIGN = /<=|>=|<>|!=|[=<>(),]/y;

/** Reads CQL_TEXT token by token, each in time proportional to its length. */
export class CqlScanner {
  private place = 0;
  private ahead: CqlToken | undefined;

  constructor(private readonly text: string) {}

  peek(): CqlToken {
    this.ahead ??= this.scan();
    return this.ahead;
  }

  next(): CqlToken {
    const token = this.peek();
    this.ahead = undefined;
    return token;
  }

  /** Takes the next token where it is this word or sign, in any case. */
  take(value: string): boolean {
    const { kind, value: have } = this.peek();
    if ((kind !== 'name' && kind !== 'sign') || have.toUpperCase() !== value) return false;
    this.next();
    return true;
  }

  expect(value: string): void {
    if (!this.take(value)) throw this.refuse(`"${value}" is missing`);
  }

  /** Everything from the next token through the bracket that closes the first one opened: a geometry in WKT. */
  bracketed(): string {
    const start = this.peek().at;
    let depth = 0;
    for (let at = start; at < this.text.length; at++) {
      const character = this.text.charAt(at);
      if (character === '(') depth++;
      else if (character === ')' && --depth === 0) return this.jump(start, at + 1);
      else if (depth === 0 && (character === ')' || character === ',')) break;
    }
    throw this.refuse('a geometry in WKT is missing');
  }

  refuse(problem: string): InvalidError {
    const { at } = this.peek();
    return new InvalidError(`The CQL constraint cannot be read: ${problem} (character ${at + 1}).`, {
      subject: 'CONSTRAINT',
    });
  }

  private jump(start: number, end: number): string {
    this.place = end;
    this.ahead = undefined;
    return this.text.slice(start, end);
  }

  private scan(): CqlToken {
    this.match(SPACE);
    const at = this.place;
    const first = this.text.charAt(at);
    if (first === '') return { kind: 'end', value: '', at };
    if (first === "'") return { kind: 'text', value: this.quoted("'"), at };
    if (first === '"') return { kind: 'name', value: this.quoted('"'), at };
    const kinds = [['text', DATE], ['number', NUMBER], ['name', NAME], ['sign', SIGN]] as const; // prettier-ignore
    for (const [kind, pattern] of kinds) {
      const value = this.match(pattern);
      if (value !== undefined) return { kind, value, at };
    }
    throw new InvalidError(`The CQL constraint cannot be read: "${first}" is unexpected (character ${at + 1}).`, {
      subject: 'CONSTRAINT',
    });
  }

  /** A quote within is written twice. */
  private quoted(quote: string): string {
    let value = '';
    for (let from = this.place + 1; ;) {
      const end = this.text.indexOf(quote, from);
      if (end < 0) {
        throw new InvalidError(
          `The CQL constraint cannot be read: a quote is not closed (character ${this.place + 1}).`,
          {
            subject: 'CONSTRAINT',
          },
        );
      }
      value += this.text.slice(from, end);
      this.place = end + 1;
      if (this.text.charAt(end + 1) !== quote) return value;
      value += quote;
      from = end + 2;
    }
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.place;
    const [found] = pattern.exec(this.text) ?? [];
    if (found === undefined) return undefined;
    this.place += found.length;
    return found;
  }
}
