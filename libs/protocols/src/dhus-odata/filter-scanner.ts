import { InvalidError } from '#domain/errors.js';
import { parseSearchDate } from '../opensearch/search-date.js';
import type { ODataLiteral } from './filter-expression.js';

/** A token of `$filter`: a word may be an operator, a function or a property. */
export type FilterToken =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'literal'; readonly value: ODataLiteral }
  | { readonly kind: '(' | ')' | ',' | 'end' };

const MAX_LENGTH = 65_536;
const TYPED = /^(datetimeoffset|datetime|time|guid|binary|X)'/i;
const NUMBER = /^-?(?:\d{1,20}(?:\.\d{1,20})?|\.\d{1,20})(?:e[+-]?\d{1,3})?[LlMmDdFf]?(?![\w.])/i;
const WORD = /^[A-Za-z_]\w{0,99}(?:\/[A-Za-z_]\w{0,99}){0,4}/;

/** Cuts a `$filter` into tokens, in linear time. Throws InvalidError. */
export function scanFilter(text: string): readonly FilterToken[] {
  if (text.length > MAX_LENGTH) throw new InvalidError(`$filter has more than ${MAX_LENGTH} characters.`, SUBJECT);
  const scanner = new Scanner(text);
  const tokens: FilterToken[] = [];
  for (let token = scanner.next(); ; token = scanner.next()) {
    tokens.push(token);
    if (token.kind === 'end') return tokens;
  }
}

const SUBJECT = { subject: '$filter' };

class Scanner {
  private at = 0;

  constructor(private readonly text: string) {}

  next(): FilterToken {
    while (/\s/.test(this.text.charAt(this.at))) this.at++;
    const character = this.text.charAt(this.at);
    if (character === '') return { kind: 'end' };
    if (character === '(' || character === ')' || character === ',') {
      this.at++;
      return { kind: character };
    }
    if (character === "'") return { kind: 'literal', value: this.quoted() };
    const ahead = this.text.slice(this.at, this.at + 600);
    return this.typed(ahead) ?? this.number(ahead) ?? this.word(ahead) ?? this.refuse();
  }

  private typed(ahead: string): FilterToken | undefined {
    const [prefix, type = ''] = TYPED.exec(ahead) ?? [];
    if (prefix === undefined) return undefined;
    this.at += prefix.length - 1;
    const text = this.quoted();
    const isDate = type.toLowerCase().startsWith('datetime');
    return { kind: 'literal', value: isDate ? dateOf(text) : text };
  }

  private number(ahead: string): FilterToken | undefined {
    const [whole] = NUMBER.exec(ahead) ?? [];
    if (whole === undefined) return undefined;
    this.at += whole.length;
    return { kind: 'literal', value: Number(whole.replace(/[LlMmDdFf]$/, '')) };
  }

  private word(ahead: string): FilterToken | undefined {
    const [text] = WORD.exec(ahead) ?? [];
    if (text === undefined) return undefined;
    this.at += text.length;
    if (text === 'true' || text === 'false') return { kind: 'literal', value: text === 'true' };
    return text === 'null' ? { kind: 'literal', value: null } : { kind: 'word', text };
  }

  /** At an opening quote; quotes inside are doubled. */
  private quoted(): string {
    const start = ++this.at;
    for (;;) {
      const end = this.text.indexOf("'", this.at);
      if (end < 0) this.refuse();
      this.at = end + 1;
      if (this.text.charAt(this.at) !== "'") return this.text.slice(start, end).replaceAll("''", "'");
      this.at++;
    }
  }

  private refuse(): never {
    const rest = this.text.slice(this.at, this.at + 60);
    throw new InvalidError(`Error in expression at position ${this.at + 1} of $filter: '${rest}'.`, SUBJECT);
  }
}

function dateOf(text: string): Date {
  try {
    return parseSearchDate(text).start;
  } catch (cause) {
    throw new InvalidError(`'${text.slice(0, 60)}' is no date-time such as 2018-06-04T00:00:00.000.`, {
      subject: '$filter',
      cause,
    });
  }
}
