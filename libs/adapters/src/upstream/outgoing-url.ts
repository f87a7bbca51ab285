import { InvalidError } from '#domain/errors.js';

const MAX_LENGTH = 16_384;

/**
 * Reads an address that is to be asked, relative ones against `base`; hosts come out in their one spelling (WHATWG URL: decimal, octal and hex IPv4 too).
 * Throws InvalidError for anything but http and https, and for credentials in it.
 */
export function parseOutgoingUrl(text: string, base?: URL): URL {
  if (text.length > MAX_LENGTH) throw invalid('it is too long');
  const url = URL.canParse(text, base?.href) ? new URL(text, base) : undefined;
  if (url === undefined) throw invalid('it is malformed');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw invalid('only http and https are asked');
  if (hasUserinfo(url, text)) throw invalid('it has credentials in it');
  if (/^\.*$/.test(url.hostname)) throw invalid('it has no host');
  url.hash = '';
  return url;
}

/** Empty credentials, `http://@host/`, leave no trace in the parsed address. */
function hasUserinfo({ username, password }: URL, text: string): boolean {
  return username !== '' || password !== '' || /^[a-z]+:[/\\]*[^/?#\\]*@/i.test(text);
}

function invalid(reason: string): InvalidError {
  return new InvalidError(`The address cannot be asked: ${reason}.`, { subject: 'url' });
}
