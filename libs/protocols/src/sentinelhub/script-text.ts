/** A script with a blank in the place of every comment; one that is not closed goes to the end. */
export function withoutComments(text: string): string {
  const kept: string[] = [];
  let at = 0;
  while (at < text.length) {
    const start = text.indexOf('/', at);
    if (start < 0) break;
    const second = text.charAt(start + 1);
    if (second !== '/' && second !== '*') {
      kept.push(text.slice(at, start + 1));
      at = start + 1;
      continue;
    }
    const close = second === '/' ? text.indexOf('\n', start) : text.indexOf('*/', start + 2);
    kept.push(text.slice(at, start), ' ');
    at = close < 0 ? text.length : close + (second === '/' ? 0 : 2);
  }
  return kept.join('') + text.slice(at);
}

/** Cuts a list at the commas outside of all brackets. */
export function splitOutside(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    else if (character === ',' && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}
