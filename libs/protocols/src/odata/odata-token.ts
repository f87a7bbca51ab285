import { InvalidError } from '#domain/errors.js';

/** A piece of an OData expression. `typed` is a literal with its type in front, as `geography'…'` or version 2's `datetime'…'`. */
export type ODataToken =
  | { readonly kind: 'name' | 'string' | 'number' | 'guid' | 'date'; readonly text: string; readonly at: number }
  | { readonly kind: 'typed'; readonly type: string; readonly text: string; readonly at: number }
  | { readonly kind: 'sign'; readonly text: '(' | ')' | ',' | '/' | ':' | '='; readonly at: number }
  | { readonly kind: 'end'; readonly text: ''; readonly at: number };

const MAX_LENGTH = 4 << 20;
const MAX_TOKENS = 20_000;

const SPACE = /\s+/y;
const SIGN = /[(),/:=]/y;
const GUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![\w-])/iy;
const DATE = /\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w:.])/iy;
const NUMBER = /[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?(?=[lfdm]?(?![\w.]))/iy;
const SUFFIX = /[lfdm]/iy;
const NAME = /[A-Za-z_][\w.-]*/y;

/**
 * Takes an OData expression apart (OData 4.01 ABNF; also version 2's literals, dates and GUIDs with or without quotes). Throws InvalidError
 * naming the place of what fits nowhere, of an open quote, and for an expression longer than any honest one.
 */
export function tokenizeOData(text: string): readonly ODataToken[] {
  if (text.length > MAX_LENGTH) throw new InvalidError('The expression is longer than four megabytes.');
  const scanner = new Scanner(text);
  const tokens: ODataToken[] = [];
  for (let token = scanner.next(); token.kind !== 'end'; token = scanner.next()) {
    tokens.push(token);
    if (tokens.length > MAX_TOKENS) throw new InvalidError('The expression has too many parts; ask in several steps.');
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }];
}

class Scanner {
  private at = 0;

  constructor(private readonly text: string) {}

  next(): ODataToken {
    this.take(SPACE);
    const at = this.at;
    if (at >= this.text.length) return { kind: 'end', text: '', at };
    return this.quoted(at) ?? this.sign(at) ?? this.literal(at) ?? this.name(at) ?? this.refuse(at);
  }

  private quoted(at: number): ODataToken | undefined {
    return this.text[at] === "'" ? { kind: 'string', text: this.quotedText(), at } : undefined;
  }

  private sign(at: number): ODataToken | undefined {
    const text = this.take(SIGN) as Extract<ODataToken, { kind: 'sign' }>['text'] | undefined;
    return text === undefined ? undefined : { kind: 'sign', text, at };
  }

  private literal(at: number): ODataToken | undefined {
    const guid = this.take(GUID);
    if (guid !== undefined) return { kind: 'guid', text: guid, at };
    const date = this.take(DATE);
    if (date !== undefined) return { kind: 'date', text: date, at };
    const number = this.take(NUMBER);
    if (number === undefined) return undefined;
    this.take(SUFFIX);
    return { kind: 'number', text: number, at };
  }

  private name(at: number): ODataToken | undefined {
    const name = this.take(NAME);
    if (name === undefined) return undefined;
    if (this.text[this.at] !== "'") return { kind: 'name', text: name, at };
    return { kind: 'typed', type: name.toLowerCase(), text: this.quotedText(), at };
  }

  /** A quote inside is doubled (OData 4.01 ABNF SQUOTE-in-string). */
  private quotedText(): string {
    const from = this.at;
    const parts: string[] = [];
    do {
      const end = this.text.indexOf("'", this.at + 1);
      if (end < 0) throw new InvalidError(`The quote opened at character ${from + 1} is not closed.`);
      parts.push(this.text.slice(this.at + 1, end));
      this.at = end + 1;
    } while (this.text[this.at] === "'");
    return parts.join("'");
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private refuse(at: number): never {
    const shown = JSON.stringify(this.text.slice(at, at + 12));
    throw new InvalidError(`The expression cannot be read from character ${at + 1} on: ${shown}.`);
  }
}
