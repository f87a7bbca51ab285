import { InvalidError } from '#domain/errors.js';

/** How many patterns one regular expression may become, and how long each may be. */
const MAX_PATTERNS = 64;
const MAX_LENGTH = 1_000;

/** A wildcard word (`*` any run, `?` one character, `\` escapes) as a `like` pattern. */
export function wildcardToLike(pattern: string): string {
  return pattern.replaceAll(/\\(.?)|[*?%_]/gs, (whole: string, escaped: string | undefined) => {
    if (whole === '*') return '%';
    if (whole === '?') return '_';
    return escapeLike(escaped ?? whole);
  });
}

/** Text as a `like` pattern that matches it alone. */
export function escapeLike(text: string): string {
  return text.replaceAll(/[%_\\]/g, '\\$&');
}

/**
 * A Lucene regular expression (the whole value has to match) as `like` patterns of which one has to match: characters, `.`, small classes, groups, `|`, `?`,
 * `.*`, `.+` and `{n}`. What has no such form is refused, so no expression is ever run by the database. Throws InvalidError.
 */
export function regexToLike(source: string): readonly string[] {
  const reader = new RegexReader(source);
  return [...new Set(reader.whole())];
}

type Alternatives = readonly string[];

const ANY_ONE: Alternatives = ['_'];
/** What Lucene's expressions have beside those read here. */
const OPERATORS = new Set(['"', '<', '>', '&', '~', '@', '#', '*', '+', '?', '{', '}']);

class RegexReader {
  private at = 0;
  private depth = 0;

  constructor(private readonly source: string) {}

  whole(): Alternatives {
    const patterns = this.alternatives();
    if (this.at < this.source.length) this.refuse('a parenthesis is not opened');
    return patterns;
  }

  private alternatives(): Alternatives {
    let found = this.sequence();
    while (this.take('|')) found = this.bounded([...found, ...this.sequence()]);
    return found;
  }

  private sequence(): Alternatives {
    let found: Alternatives = [''];
    while (this.at < this.source.length && !['|', ')'].includes(this.source.charAt(this.at))) {
      const next = this.quantified(this.atom());
      found = this.bounded(found.flatMap((head) => next.map((tail) => head + tail)));
    }
    return found;
  }

  private atom(): Alternatives {
    const character = this.source.charAt(this.at++);
    if (character === '.') return ANY_ONE;
    if (character === '[') return this.characterClass();
    if (character === '(') return this.group();
    if (character === '\\') return [escapeLike(this.source.charAt(this.at++))];
    return OPERATORS.has(character) ? this.refuse(`"${character}" cannot be searched by`) : [escapeLike(character)];
  }

  private group(): Alternatives {
    this.depth += 1;
    if (this.depth > 10) this.refuse('groups are nested too deep');
    const inner = this.alternatives();
    if (!this.take(')')) this.refuse('a parenthesis is not closed');
    this.depth -= 1;
    return inner;
  }

  private characterClass(): Alternatives {
    const found: string[] = [];
    if (this.source.charAt(this.at) === '^') this.refuse('a class of other characters cannot be searched by');
    while (!this.take(']')) {
      if (this.at >= this.source.length) this.refuse('a class is not closed');
      const from = this.classCharacter();
      const isRange = this.source.charAt(this.at) === '-' && this.source.charAt(this.at + 1) !== ']';
      if (isRange) this.at++;
      const to = isRange ? this.classCharacter() : from;
      for (let code = from; code <= to; code++) found.push(escapeLike(String.fromCodePoint(code)));
      this.bounded(found);
    }
    return found;
  }

  private classCharacter(): number {
    if (this.source.charAt(this.at) === '\\') this.at++;
    const code = this.source.charCodeAt(this.at++);
    return Number.isNaN(code) ? this.refuse('a class is not closed') : code;
  }

  private quantified(atom: Alternatives): Alternatives {
    if (this.take('?')) return this.bounded(['', ...atom]);
    if (this.take('*')) return atom === ANY_ONE ? ['%'] : this.refuse('only . can be repeated without end');
    if (this.take('+')) return atom === ANY_ONE ? ['_%'] : this.refuse('only . can be repeated without end');
    const [whole, times] = /^\{(\d{1,3})\}/.exec(this.source.slice(this.at, this.at + 5)) ?? [];
    if (whole === undefined) return atom;
    this.at += whole.length;
    let found: Alternatives = [''];
    for (let left = Number(times); left > 0; left--) {
      found = this.bounded(found.flatMap((head) => atom.map((tail) => head + tail)));
    }
    return found;
  }

  private bounded(patterns: Alternatives): Alternatives {
    if (patterns.length > MAX_PATTERNS) this.refuse('it stands for too many different values');
    if (patterns.some(({ length }) => length > MAX_LENGTH)) this.refuse('it is too long');
    return patterns;
  }

  private take(character: string): boolean {
    if (this.source.charAt(this.at) !== character) return false;
    this.at++;
    return true;
  }

  private refuse(reason: string): never {
    throw new InvalidError(`The regular expression /${this.source.slice(0, 100)}/ is not supported: ${reason}.`, {
      subject: 'q',
    });
  }
}
