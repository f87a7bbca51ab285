/** Parameters of a DHuS request by name as written; the first of a repeated one counts. */
export type QueryString = ReadonlyMap<string, string>;

/**
 * Reads a query string or form. `+` is a blank; percent-encoding is UTF-8 or, where it is none, Latin-1, which clients of DHuS send.
 * Never throws: a stray `%` stands for itself.
 */
export function parseQueryString(text: string): QueryString {
  const found = new Map<string, string>();
  for (const pair of text.split('&')) {
    const [name = ''] = pair.split('=', 1);
    const key = decode(name);
    if (key !== '' && !found.has(key)) found.set(key, decode(pair.slice(name.length + 1)));
  }
  return found;
}

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  if (!spaced.includes('%')) return spaced;
  // One run at a time: a character beyond ASCII is several bytes in UTF-8.
  return spaced.replaceAll(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run.replaceAll(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    }
  });
}
