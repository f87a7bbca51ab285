import { rootLink } from './stac-link.js';

/** RFC 7464 §2.2: what stands before each text of a sequence. */
const RECORD_SEPARATOR = '\u001e';

/** Items line by line (NDJSON), or as a GeoJSON text sequence (RFC 8142). */
export async function* writeItemLines(
  pages: AsyncIterable<readonly object[]>,
  kind: 'lines' | 'sequence',
): AsyncGenerator<string> {
  const before = kind === 'sequence' ? RECORD_SEPARATOR : '';
  for await (const items of pages) {
    for (const item of items) yield `${before}${JSON.stringify(item)}\n`;
  }
}

/** Items as one ItemCollection: what is only known at the end stands there. */
export async function* writeItemStream(
  pages: AsyncIterable<readonly object[]>,
  { url, address }: { readonly url: string; readonly address: string },
): AsyncGenerator<string> {
  yield '{"type":"FeatureCollection","features":[';
  let count = 0;
  for await (const items of pages) {
    for (const item of items) yield `${count++ === 0 ? '' : ',\n'}${JSON.stringify(item)}`;
  }
  const links = [{ rel: 'self', href: url, type: 'application/geo+json' }, rootLink(address)];
  yield `],"numberReturned":${count},"links":${JSON.stringify(links)}}\n`;
}
