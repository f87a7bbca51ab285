import { InvalidError } from '#domain/errors.js';

const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const WORD = /[A-Za-z]+/y;
const SPACE = /\s*/y;

/** Takes well-known text apart: words, numbers, brackets. */
export class WktScanner {
  private at = 0;

  constructor(private readonly text: string) {}

  /** The next word in upper case; '' where there is none. */
  protected word(): string {
    return this.take(WORD)?.toUpperCase() ?? '';
  }

  protected takeWord(word: string): boolean {
    const before = this.at;
    if (this.word() === word) return true;
    this.at = before;
    return false;
  }

  protected number(): number {
    const number = Number(this.take(NUMBER) ?? NaN);
    return Number.isFinite(number) ? number : this.refuse('a number is missing');
  }

  protected startsNumber(): boolean {
    return /[-+.\d]/.test(this.peek());
  }

  /** `( item )` */
  protected inside<T>(item: () => T): T {
    this.expect('(');
    const value = item();
    this.expect(')');
    return value;
  }

  /** `( item , item … )` */
  protected list<T>(item: () => T): readonly T[] {
    return this.inside(() => {
      const items = [item()];
      while (this.peek() === ',') {
        this.at += 1;
        items.push(item());
      }
      return items;
    });
  }

  /** The next character that is not space, left where it is; '' at the end. */
  protected peek(): string {
    this.take(SPACE);
    return this.text.charAt(this.at);
  }

  protected atEnd(): boolean {
    return this.peek() === '';
  }

  protected refuse(reason: string): never {
    throw new InvalidError(`The geometry cannot be read: ${reason} (character ${this.at + 1}).`, {
      subject: 'geometry',
    });
  }

  private expect(character: string): void {
    if (this.peek() !== character) this.refuse(`"${character}" is missing`);
    this.at += 1;
  }

  private take(pattern: RegExp): string | undefined {
    if (pattern !== SPACE) this.take(SPACE);
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }
}
