import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import type { XmlElement } from '#protocols/xml/xml-element.js';
import { parseXml } from '#protocols/xml/parse-xml.js';
import { attribute, descendants } from '#protocols/xml/xml-path.js';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { DiscoveryModule } from '../discovery.module.js';

const CORPUS = '../shared/fixtures/csw/pycsw';
const RECORDS = '../shared/fixtures/cite/csw202/data';
const there = existsSync(CORPUS) && existsSync(RECORDS);
if (!there) console.warn('skipped: the corpus of CSW requests is not here');

/** Requests another server answers otherwise than asked here, each with the reason. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'cite/post 2102a460-5d62-465f-9668-d70b3faafbfa':
    'not equal in any case leaves out the one that is equal in any case; the other server keeps that one alone',
  'csw30/get Exception-GetDomain-value-reference': 'an unknown property is an exception here, an empty list there',
  'csw30/post Exception-GetDomain-valuereference-bad': 'an unknown property is an exception here, an empty list there',
  'csw30/post Exception-GetDomain-parametername-bad': 'an unknown parameter is an exception here, an empty list there',
};

interface Asked {
  readonly name: string;
  readonly query?: string;
  readonly body?: string;
  readonly expected: string;
}

const without = (text: string): string => text.replace(/^\uFEFF?<\?xml.*?\?>/, '');

function corpus(suite: string): readonly Asked[] {
  if (!there) return [{ name: suite, expected: '' }];
  const folder = `${CORPUS}/${suite}`;
  const gets = readFileSync(`${folder}/get/requests.txt`, 'utf8')
    .split('\n')
    .filter((line) => line.includes(',') && !line.includes('config='))
    .map((line): Asked => {
      const cut = line.indexOf(',');
      const id = line.slice(0, cut);
      return {
        name: `${suite}/get ${id}`,
        query: line.slice(cut + 1).trim(),
        expected: `${folder}/expected/get_${id}.xml`,
      };
    });
  const posts = readdirSync(`${folder}/post`).map((file): Asked => {
    const body = readFileSync(`${folder}/post/${file}`, 'utf8');
    return { name: `${suite}/post ${file.replace(/\.xml$/, '')}`, body, expected: `${folder}/expected/post_${file}` };
  });
  return [...gets, ...posts].filter(({ expected, name }) => existsSync(expected) && !(name in OTHERWISE));
}

/** What kind of document it is, and how many records it says match. */
function kindOf(root: XmlElement): readonly [string, string | undefined] {
  return [
    root.name.replace(/^(Brief|Summary)?Record$/, 'Record'),
    attribute(descendants(root, 'SearchResults')[0], 'numberOfRecordsMatched'),
  ];
}

describe('the requests another server is tested by', () => {
  let service: CatalogueService | undefined;

  beforeAll(async () => {
    if (!there) return;
    service = await startCatalogueService([DiscoveryModule], []);
    const records = readdirSync(RECORDS).map((file) => without(readFileSync(`${RECORDS}/${file}`, 'utf8')));
    const answer = await fetch(`${service.url}/csw`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/xml', Authorization: 'Bearer operator-token-of-this-test' },
      body: `<csw:Transaction xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" service="CSW" version="2.0.2"><csw:Insert>${records.join('')}</csw:Insert></csw:Transaction>`,
    });
    expect(await answer.text()).toContain('<csw:totalInserted>12<');
  }, 180_000);

  afterAll(() => service?.stop());

  (there ? it : it.skip).each([...corpus('cite'), ...corpus('csw30')])(
    '$name is answered alike',
    async ({ query, body, expected }) => {
      const headers = { 'Content-Type': 'application/xml' };
      const answer = await (body === undefined
        ? fetch(`${service?.url}/csw?${query}`)
        : fetch(`${service?.url}/csw`, { method: 'POST', headers, body }));
      expect(kindOf(parseXml(await answer.text()))).toEqual(kindOf(parseXml(readFileSync(expected, 'utf8'))));
    },
  );
});
