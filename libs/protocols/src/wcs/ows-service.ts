import { el, type XmlMarkup } from '../xml/xml-element.js';
import type { WcsContext } from './capabilities-context.js';

/** `ows:ServiceIdentification`, the same in OWS Common 1.1 and 2.0. */
export function serviceIdentification(
  { title, abstract, keywords }: WcsContext,
  versions: readonly string[],
  profiles: readonly string[] = [],
): XmlMarkup {
  return el(
    'ows:ServiceIdentification',
    {},
    el('ows:Title', {}, title),
    el('ows:Abstract', {}, abstract),
    el(
      'ows:Keywords',
      {},
      keywords.map((keyword) => el('ows:Keyword', {}, keyword)),
    ),
    el('ows:ServiceType', { codeSpace: 'OGC' }, profiles.length > 0 ? 'OGC WCS' : 'WCS'),
    versions.map((version) => el('ows:ServiceTypeVersion', {}, version)),
    profiles.map((profile) => el('ows:Profile', {}, profile)),
    el('ows:Fees', {}, 'NONE'),
    el('ows:AccessConstraints', {}, 'NONE'),
  );
}

/** `ows:ServiceProvider`. */
export function serviceProvider({ organisation, email }: WcsContext): XmlMarkup {
  const contact =
    email !== undefined && el('ows:ContactInfo', {}, el('ows:Address', {}, el('ows:ElectronicMailAddress', {}, email)));
  return el('ows:ServiceProvider', {}, el('ows:ProviderName', {}, organisation), el('ows:ServiceContact', {}, contact));
}
