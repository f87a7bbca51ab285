import { InvalidError } from '#domain/errors.js';

/** Characters that end a bare word, unless escaped; `:` ends it only where a field name may stand. */
const ENDS_WORD = new Set(['(', ')', '[', ']', '{', '}', '"', '^', '~']);

/** Reads the characters of a `q`, one kind of token per method. Every step moves on, so it takes linear time. */
export class QueryScanner {
  private at = 0;

  constructor(readonly text: string) {}

  /** The next character after blanks; empty at the end. */
  peek(): string {
    while (/\s/.test(this.text.charAt(this.at))) this.at++;
    return this.text.charAt(this.at);
  }

  /** Takes the literal where it comes next. */
  take(literal: string): boolean {
    this.peek();
    if (!this.text.startsWith(literal, this.at)) return false;
    this.at += literal.length;
    return true;
  }

  /** Takes one of the operators where it stands as a word of its own. */
  takeOperator(operators: readonly string[]): boolean {
    const found = this.operatorOf(operators);
    if (found !== undefined) this.at += found.length;
    return found !== undefined;
  }

  /** Whether one of the operators comes next. */
  looksLike(operators: readonly string[]): boolean {
    return this.operatorOf(operators) !== undefined;
  }

  private operatorOf(operators: readonly string[]): string | undefined {
    this.peek();
    return operators.find((operator) => {
      const end = this.at + operator.length;
      if (this.text.slice(this.at, end).toUpperCase() !== operator) return false;
      return !/\w$/.test(operator) || /^[\s()"]?$/.test(this.text.charAt(end));
    });
  }

  /** `name:`; undefined (and nothing taken) where no field stands here. */
  takeField(): string | undefined {
    this.peek();
    const [whole, name] = /^([A-Za-z_][\w.-]{0,99}|\*)\s*:/.exec(this.text.slice(this.at, this.at + 120)) ?? [];
    if (whole === undefined || name === undefined) return undefined;
    this.at += whole.length;
    return name;
  }

  /** The text of a phrase after its opening quote; `\` takes the next character as it is. */
  phrase(): string {
    let text = '';
    for (;;) {
      const character = this.text.charAt(this.at++);
      if (character === '') this.refuse('a quotation mark is not closed');
      if (character === '"') return text;
      text += character === '\\' ? this.text.charAt(this.at++) : character;
    }
  }

  /** The source of a regular expression after its opening slash. */
  regex(): string {
    let source = '';
    for (;;) {
      const character = this.text.charAt(this.at++);
      if (character === '') this.refuse('a regular expression is not closed');
      if (character === '/') return source;
      const escaped = character === '\\' ? this.text.charAt(this.at++) : '';
      source += escaped === '/' ? '/' : character + escaped;
    }
  }

  /** A bare word with its escapes still in it; refuses where there is none. */
  word(): string {
    this.peek();
    const start = this.at;
    for (;;) {
      const character = this.text.charAt(this.at);
      if (character === '\\') this.at += 2;
      else if (character === '' || /\s/.test(character) || ENDS_WORD.has(character)) break;
      else this.at++;
    }
    this.at = Math.min(this.at, this.text.length);
    if (this.at === start) this.refuse(`"${this.text.charAt(start) || 'the end'}" is not expected`);
    return this.text.slice(start, this.at);
  }

  /** A bound of a range: quoted, or everything up to the next blank or bracket. */
  bound(): string {
    if (this.take('"')) return this.phrase();
    const [text = ''] = /^[^\s\]}"]{1,200}/.exec(this.text.slice(this.at, this.at + 200)) ?? [];
    if (text === '') this.refuse('a range has a bound missing');
    this.at += text.length;
    return text.replaceAll(/\\(.)/gs, '$1');
  }

  atEnd(): boolean {
    return this.peek() === '';
  }

  /** Throws InvalidError in the words Solr begins such messages with. */
  refuse(reason: string): never {
    const shown = this.text.length > 200 ? `${this.text.slice(0, 200)}...` : this.text;
    throw new InvalidError(
      `org.apache.solr.search.SyntaxError: Cannot parse '${shown}': ${reason} (column ${Math.min(this.at, this.text.length) + 1}).`,
      { subject: 'q' },
    );
  }
}
