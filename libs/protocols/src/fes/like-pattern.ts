/** The characters of a PropertyIsLike. */
export interface LikeCharacters {
  readonly wildCard: string;
  readonly singleChar: string;
  readonly escapeChar: string;
}

/** Rewrites a pattern of a filter language with its own characters to one of `%`, `_` and `\`. */
export function toLikePattern(text: string, characters: LikeCharacters): string {
  const { wildCard, singleChar, escapeChar } = characters;
  const written: string[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === escapeChar && at + 1 < text.length) written.push(literal(text.charAt(++at)));
    else if (character === wildCard) written.push('%');
    else if (character === singleChar) written.push('_');
    else written.push(literal(character));
  }
  return written.join('');
}

function literal(character: string): string {
  return '%_\\'.includes(character) ? `\\${character}` : character;
}
