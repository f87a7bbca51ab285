import { el } from '../xml/xml-element.js';
import { writeXml } from '../xml/write-xml.js';
import { FEED_NAMESPACES } from './search-atom.js';
import { jsonNamespaces } from './search-json.js';

/** An error of the search: a feed with nothing but the error in it, in the form that was asked for. */
export function writeSearchError(code: number, message: string, format: 'json' | 'xml'): string {
  if (format === 'json') {
    return JSON.stringify({ feed: { ...jsonNamespaces(), error: { code: String(code), message } } });
  }
  const error = el('error', {}, el('code', {}, code), el('message', {}, message));
  return writeXml(el('feed', FEED_NAMESPACES, error));
}

/** The `cause-message` field of an answer, `Exception : reason`: one line of Latin-1, as a header can hold. */
export function writeCauseMessage(exception: string, message: string): string {
  const line = `${exception} : ${message}`.replaceAll(/[^\x20-\x7e\xa0-\xff]/g, '?');
  return line.length > 1000 ? `${line.slice(0, 1000)}...` : line;
}
