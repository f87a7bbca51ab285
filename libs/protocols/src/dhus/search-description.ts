import type { Mirror } from '../links/product-links.js';
import { el } from '../xml/xml-element.js';
import { writeXml } from '../xml/write-xml.js';

/** The OpenSearch 1.1 description of the search, `/dhus/search/description`. */
export function writeSearchDescription({ address, name }: Mirror): string {
  const template = `${address}/dhus/search?q={searchTerms}&start={startIndex?}&rows={count?}`;
  const range = { indexOffset: 0, pageOffset: 1, rel: 'results' };
  return writeXml(
    el(
      'OpenSearchDescription',
      { xmlns: 'http://a9.com/-/spec/opensearch/1.1/' },
      el('ShortName', {}, name.slice(0, 16)),
      el('Description', {}, `Search of the ${name} mirror of Copernicus Sentinel data in the way of DHuS.`),
      el('Tags', {}, 'Copernicus Sentinel'),
      el('Url', { type: 'application/atom+xml', template, ...range }),
      el('Url', { type: 'application/json', template: `${template}&format=json`, ...range }),
      el('LongName', {}, `${name} DHuS search`.slice(0, 48)),
      el('Query', { role: 'example', searchTerms: 'platformname:Sentinel-2 AND cloudcoverpercentage:[0 TO 10]' }),
      el('SyndicationRight', {}, 'open'),
      el('AdultContent', {}, 'false'),
      el('Language', {}, 'en-us'),
      el('OutputEncoding', {}, 'UTF-8'),
      el('InputEncoding', {}, 'UTF-8'),
    ),
  );
}
