import { describe, expect, it } from '@jest/globals';
import { parseXml } from '../xml/parse-xml.js';
import { fillTemplate, readSearchDescription } from './read-search-description.js';

const describing = (...urls: readonly string[]): string =>
  `<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">${urls.join('')}</OpenSearchDescription>`;
const url = (type: string, template: string, rel = 'results'): string =>
  `<Url type="${type}" rel="${rel}" template="${template}"/>`;
const read = (...urls: readonly string[]) => readSearchDescription(parseXml(describing(...urls)));

describe('readSearchDescription (OpenSearch 1.1, Url)', () => {
  it('takes Atom before GeoJSON, products before collections, and never HTML', () => {
    const html = url('text/html', 'https://x/html');
    const geojson = url('application/geo+json', 'https://x/json');
    const atom = url('application/atom+xml; charset=utf-8', 'https://x/atom');
    const collections = url('application/atom+xml', 'https://x/collections', 'collection');
    expect(read(html, collections, geojson, atom).template).toBe('https://x/atom');
    expect(read(html, collections, geojson).template).toBe('https://x/json');
    expect(read(html, collections).template).toBe('https://x/collections');
    expect(() => read(html)).toThrow('gives Atom or GeoJSON');
    expect(() => readSearchDescription(parseXml('<html/>'))).toThrow('no OpenSearch description');
  });
});

describe('fillTemplate (OpenSearch 1.1, template syntax)', () => {
  const fill = (template: string, values: Readonly<Record<string, string>> = {}): string =>
    fillTemplate({ template, type: '', rel: '', indexOffset: 1, pageOffset: 1 }, values);

  it.each([
    ['https://x/s?a=b&count={count?}&q={searchTerms?}', { count: '5' }, 'https://x/s?a=b&count=5'],
    ['https://x/s?from={time:start?}&to={time:end?}', { start: '2024-01-01' }, 'https://x/s?from=2024-01-01'],
    ['https://x/s?from={time:start?}', { from: 'a b&c' }, 'https://x/s?from=a%20b%26c'],
    ['https://x/{collection}/s?n={count}', { collection: 'S 2', count: '1' }, 'https://x/S%202/s?n=1'],
    ['https://x/{collection?}/s', {}, 'https://x//s'],
    ['https://x/s', {}, 'https://x/s'],
  ])('%s with %j', (template, values, filled) => expect(fill(template, values)).toBe(filled));

  it('says which value is missing', () => {
    expect(() => fill('https://x/s?q={eo:orbit}')).toThrow('eo:orbit');
  });
});
