import { InvalidError } from '#domain/errors.js';
import type { Geometry } from '#domain/geometry/geometry.js';
import { parseWkt } from '../wkt/parse-wkt.js';
import { CQL2_LIMITS } from './cql2.js';

/** A piece of CQL2 text. Names are properties, functions or key words; a quoted name is a property whatever it says. */
export type Cql2Token =
  | { readonly kind: 'name'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'sign'; readonly text: string }
  | { readonly kind: 'end' };

const SPACE = /[\s\u0085]*/y;
// The productions of OGC 21-065r2 annex B.
const NAME_START =
  ':_A-Za-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFE\\u200C-\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const NAME = new RegExp(`[${NAME_START}][${NAME_START}.0-9\\u0300-\\u036F\\u203F-\\u2040]*`, 'uy');
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const SIGN = /<>|<=|>=|[-+*/%^=<>(),]/y;
const WKT =
  /(?:POINT|LINESTRING|POLYGON|MULTIPOINT|MULTILINESTRING|MULTIPOLYGON|GEOMETRYCOLLECTION)\s*(?:Z\s*)?(?=\()/iy;

/** Takes CQL2 text apart, one token ahead. */
export class Cql2Scanner {
  private at = 0;
  private ahead: Cql2Token | undefined;
  private start = 0;

  constructor(private readonly text: string) {
    if (text.length > CQL2_LIMITS.length) throw this.refuse('it is longer than a megabyte');
  }

  /** The next token, left where it is. */
  peek(): Cql2Token {
    if (this.ahead === undefined) {
      this.skip();
      this.start = this.at;
      this.ahead = this.read();
    }
    return this.ahead;
  }

  next(): Cql2Token {
    const token = this.peek();
    this.ahead = undefined;
    return token;
  }

  /** Takes a sign or an unquoted key word (in any case) where it comes next. */
  take(word: string): boolean {
    const token = this.peek();
    const isWord = token.kind === 'name' && !token.quoted && token.text.toUpperCase() === word;
    if (!isWord && !(token.kind === 'sign' && token.text === word)) return false;
    this.ahead = undefined;
    return true;
  }

  expect(word: string): void {
    if (!this.take(word)) throw this.refuse(`"${word}" is expected`);
  }

  /** A geometry in well-known text, where one comes next. */
  takeGeometry(): Geometry | undefined {
    this.peek();
    WKT.lastIndex = this.start;
    const head = WKT.exec(this.text)?.[0];
    if (head === undefined) return undefined;
    const end = this.closing(this.start + head.length);
    const { geometry } = parseWkt(this.text.slice(this.start, end));
    this.at = end;
    this.ahead = undefined;
    return geometry;
  }

  refuse(reason: string): InvalidError {
    return new InvalidError(`The filter cannot be read: ${reason} (character ${this.start + 1}).`, {
      subject: 'filter',
    });
  }

  /** Behind the bracket that closes the one at `open`; well-known text has no quotes. */
  private closing(open: number): number {
    let depth = 0;
    for (let at = open; at < this.text.length; at++) {
      const character = this.text.charAt(at);
      depth += character === '(' ? 1 : character === ')' ? -1 : 0;
      if (depth === 0) return at + 1;
    }
    throw this.refuse('a bracket of the geometry is not closed');
  }

  private read(): Cql2Token {
    const character = this.text.charAt(this.at);
    if (character === '') return { kind: 'end' };
    if (character === "'") return { kind: 'text', text: this.quoted("'") };
    if (character === '"') return { kind: 'name', text: this.quoted('"'), quoted: true };
    const name = this.match(NAME);
    if (name !== undefined) return { kind: 'name', text: name, quoted: false };
    const number = this.match(NUMBER);
    if (number !== undefined) return this.numberOf(number);
    const sign = this.match(SIGN);
    if (sign === undefined) throw this.refuse(`${JSON.stringify(character)} is not expected`);
    return { kind: 'sign', text: sign };
  }

  private numberOf(digits: string): Cql2Token {
    const value = Number(digits);
    if (!Number.isFinite(value)) throw this.refuse(`${digits.slice(0, 40)} is too large a number`);
    return { kind: 'number', value };
  }

  /** Doubled quotes and, in text, `\'` stand for one (`escapeQuote`). */
  private quoted(quote: "'" | '"'): string {
    let value = '';
    for (let at = this.at + 1; at < this.text.length; at++) {
      const character = this.text.charAt(at);
      const isEscaped = character === '\\' && quote === "'" && this.text.charAt(at + 1) === quote;
      const isDoubled = character === quote && this.text.charAt(at + 1) === quote;
      if (character === quote && !isDoubled) {
        this.at = at + 1;
        return value;
      }
      value += isEscaped ? quote : character;
      if (isEscaped || isDoubled) at += 1;
    }
    throw this.refuse('a quotation mark is not closed');
  }

  private skip(): void {
    this.match(SPACE);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }
}
