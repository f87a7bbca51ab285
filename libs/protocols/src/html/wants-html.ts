/**
 * Whether a client wants a page rather than a document: by `f` where it is given, else by what its Accept header likes better (RFC 9110 §12.5.1).
 * Who likes everything alike gets the document.
 */
export function wantsHtml(f: unknown, accept: string | undefined): boolean {
  if (typeof f === 'string' && f !== '') return f === 'html';
  const ranges = (accept ?? '').split(',').map(rangeOf);
  const best = (wanted: (name: string) => boolean): number =>
    Math.max(0, ...ranges.filter(({ name }) => wanted(name)).map(({ weight }) => weight));
  return best((name) => PAGES.has(name)) > best((name) => ANYTHING.has(name) || name.includes('json'));
}

const PAGES = new Set(['text/html', 'application/xhtml+xml']);
const ANYTHING = new Set(['*/*', 'application/*']);

function rangeOf(text: string): { readonly name: string; readonly weight: number } {
  const [name = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  return { name, weight: quality === undefined ? 1 : Number(quality.slice(2)) || 0 };
}
