import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ProductStore } from '#domain/ports/product-store.js';
import { parseXml } from '#protocols/xml/parse-xml.js';
import type { XmlElement } from '#protocols/xml/xml-element.js';
import { attribute, child, descendants, textAt, textOf } from '#protocols/xml/xml-path.js';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { manyProducts, SENTINEL_1, SENTINEL_2 } from '#test/support/sample-products.js';
import { DiscoveryModule } from '../discovery.module.js';

const MANY = manyProducts(450);
const [GONE_1, GONE_2] = [MANY[3]!, MANY[7]!];

describe('OAI-PMH over a real catalogue', () => {
  let service: CatalogueService;

  beforeAll(async () => {
    service = await startCatalogueService([DiscoveryModule], [SENTINEL_1, SENTINEL_2, ...MANY]);
    for (const product of [GONE_1, GONE_2]) {
      await service.port(ProductStore).remove(product, 'Obsolete product or Other', { source: 'test' });
    }
  }, 120_000);
  afterAll(() => service.stop());

  const ask = async (query: string, init?: RequestInit): Promise<XmlElement> => {
    const answer = await fetch(`${service.url}/oai${init === undefined ? `?${query}` : ''}`, init);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/xml; charset=utf-8']);
    return parseXml(await answer.text());
  };
  const errorOf = async (query: string) => attribute(child(await ask(query), 'error'), 'code');

  it('identifies itself, its sets and formats', async () => {
    const identify = child(await ask('verb=Identify'), 'Identify');
    expect(
      ['protocolVersion', 'deletedRecord', 'granularity', 'baseURL'].map((name) => textAt(identify, name)),
    ).toEqual(['2.0', 'persistent', 'YYYY-MM-DDThh:mm:ssZ', `${service.url}/oai`]);
    expect(textAt(identify, 'earliestDatestamp')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const sets = descendants(await ask('verb=ListSets'), 'setSpec').map((set) => textOf(set));
    expect(sets).toEqual(expect.arrayContaining(['sentinel-2-l1c', 'sentinel-1-grd']));
    const formats = descendants(await ask('verb=ListMetadataFormats'), 'metadataPrefix');
    expect(formats.map((format) => textOf(format))).toEqual(['oai_dc', 'iso19139']);
  });

  it('takes a form as it takes an address', async () => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const answer = await ask('', {
      method: 'POST',
      headers,
      body: 'verb=GetRecord&metadataPrefix=oai_dc&identifier=urn:x',
    });
    expect(attribute(child(answer, 'error'), 'code')).toBe('idDoesNotExist');
    const request = child(answer, 'request');
    expect([attribute(request, 'verb'), attribute(request, 'identifier')]).toEqual(['GetRecord', 'urn:x']);
  });

  it.each([
    ['oai_dc', 'dc'],
    ['iso19139', 'MD_Metadata'],
  ])('gives a record as %s, and what is left of one', async (prefix, root) => {
    const there = await ask(`verb=GetRecord&metadataPrefix=${prefix}&identifier=urn:uuid:${SENTINEL_2.uuid}`);
    const [record] = descendants(there, 'record');
    expect(textAt(child(record, 'header'), 'setSpec')).toBe('sentinel-2-l1c');
    expect(child(child(record, 'metadata'), root)).toBeDefined();
    const gone = await ask(`verb=GetRecord&metadataPrefix=${prefix}&identifier=urn:uuid:${GONE_1.uuid}`);
    expect(attribute(descendants(gone, 'header')[0], 'status')).toBe('deleted');
    expect(descendants(gone, 'metadata')).toEqual([]);
  });

  it.each(['ListRecords', 'ListIdentifiers'])('lists everything once by %s, the deleted too', async (verb) => {
    const seen: string[] = [];
    const sizes: (string | undefined)[] = [];
    let token: string | undefined;
    do {
      const query = token === undefined ? 'metadataPrefix=oai_dc' : `resumptionToken=${token}`;
      const answer = await ask(`verb=${verb}&${query}`);
      const headers = descendants(answer, 'header');
      seen.push(
        ...headers.map((header) => `${attribute(header, 'status') ?? 'there'} ${textAt(header, 'identifier')}`),
      );
      expect(descendants(answer, 'metadata').length > 0).toBe(verb === 'ListRecords');
      sizes.push(attribute(descendants(answer, 'resumptionToken')[0], 'completeListSize'));
      token = textAt(child(answer, verb), 'resumptionToken');
    } while (token !== undefined && token !== '');
    expect([seen.length, new Set(seen).size]).toEqual([452, 452]);
    expect(seen.filter((one) => one.startsWith('deleted'))).toEqual(
      [GONE_1, GONE_2].map(({ uuid }) => `deleted urn:uuid:${uuid}`),
    );
    expect(new Set(sizes)).toEqual(new Set(['452']));
  });

  it('lists a set and a period', async () => {
    const set = descendants(await ask('verb=ListIdentifiers&metadataPrefix=oai_dc&set=sentinel-1-grd'), 'identifier');
    expect(set.map((one) => textOf(one))).toEqual([`urn:uuid:${SENTINEL_1.uuid}`]);
    expect(await errorOf('verb=ListRecords&metadataPrefix=oai_dc&set=nothing')).toBe('noRecordsMatch');
    expect(await errorOf('verb=ListRecords&metadataPrefix=oai_dc&until=2001-01-01')).toBe('noRecordsMatch');
  });

  it.each([
    ['verb=Nothing', 'badVerb'],
    ['verb=ListRecords', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=marc21', 'cannotDisseminateFormat'],
    ['verb=ListRecords&resumptionToken=x', 'badResumptionToken'],
    ['verb=GetRecord&metadataPrefix=oai_dc&identifier=urn:uuid:00000000-0000-4000-8000-000000000000', 'idDoesNotExist'],
    ['verb=ListMetadataFormats&identifier=oai:x:1', 'idDoesNotExist'],
  ])('tells of %s as %s', async (query, code) => {
    const answer = await ask(query);
    expect(attribute(child(answer, 'error'), 'code')).toBe(code);
    const repeats = code !== 'badVerb' && code !== 'badArgument';
    expect(attribute(child(answer, 'request'), 'verb') !== undefined).toBe(repeats);
  });
});
