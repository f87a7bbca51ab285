/**
 * Whether a client wants a page rather than a document: by `f` where it is given, else by what its Accept header likes better (RFC 9110 §12.5.1).
 * Who likes everything alike gets the document.
 */
export function wantsHtml(f: unknown, accept: string | undefined): boolean {
  if (typeof f === 'string' && f !== '') return f === 'html';
  let [page, document] = [0, 0];
  for (const range of (accept ?? '').split(',')) {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    const weight = quality === undefined ? 1 : Number(quality.slice(2)) || 0;
    if (name === 'text/html' || name === 'application/xhtml+xml') page = Math.max(page, weight);
    else if (name.includes('json') || name === '*/*' || name === 'application/*') document = Math.max(document, weight);
  }
  return page > document;
}
