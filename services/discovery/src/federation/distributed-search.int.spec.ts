import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { SENTINEL_1, SENTINEL_2 } from '#test/support/sample-products.js';
import { DiscoveryModule } from '../discovery.module.js';

jest.setTimeout(120_000);

const CSW2 = 'xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:ogc="http://www.opengis.net/ogc" service="CSW"';
const CSW3 = 'xmlns:csw="http://www.opengis.net/cat/csw/3.0" xmlns:fes="http://www.opengis.net/fes/2.0" service="CSW"';

describe('distributed search', () => {
  const servers: Server[] = [];
  const listen = async (listener: RequestListener): Promise<string> => {
    const server = createServer(listener).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/csw`;
  };

  let near: CatalogueService;
  let far: CatalogueService;
  let farAsked: string[];
  beforeAll(async () => {
    /** Hands on to a mirror that is not there yet. */
    const handOn =
      (mirror: () => CatalogueService, asked: string[]): RequestListener =>
      (request, response) => {
        void (async () => {
          const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>)).toString();
          asked.push(body);
          const headers = { 'content-type': 'application/xml' };
          const answer = await fetch(`${mirror().url}/csw`, { method: 'POST', headers, body });
          response.writeHead(answer.status, headers).end(await answer.text());
        })();
      };
    farAsked = [];
    const toNear = await listen(handOn(() => near, []));
    const toFar = await listen(handOn(() => far, farAsked));
    const silent = await listen(() => undefined);
    const wrong = await listen((_, response) => response.end('<html><body>Maintenance -- back soon</body></html>'));
    const options = (peers: string) => ({
      allow: '127.0.0.0/8',
      environment: { FEDERATION_PEERS: peers, FEDERATION_PEER_TIMEOUT_MS: '4000' },
    });
    near = await startCatalogueService(
      [DiscoveryModule],
      [SENTINEL_2],
      options(`far=${toFar}, silent=${silent}, wrong=${wrong}`),
    );
    far = await startCatalogueService([DiscoveryModule], [SENTINEL_1], options(`near=${toNear}`));
  });
  afterAll(async () => {
    await near?.stop();
    await far?.stop();
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  const ask = async (body: string): Promise<string> => {
    const headers = { 'content-type': 'application/xml' };
    const answer = await fetch(`${near.url}/csw`, { method: 'POST', headers, body });
    expect(answer.status).toBe(200);
    return answer.text();
  };
  const DATASETS = `<csw:Constraint version="1.1.0"><ogc:Filter><ogc:PropertyIsLike wildCard="%" singleChar="_" escapeChar="!">
    <ogc:PropertyName>dc:identifier</ogc:PropertyName><ogc:Literal>S%</ogc:Literal></ogc:PropertyIsLike></ogc:Filter></csw:Constraint>`;
  const query = (hops: number | undefined, attributes = '') =>
    `<csw:GetRecords ${CSW2} version="2.0.2" resultType="results" ${attributes}>${
      hops === undefined ? '' : `<csw:DistributedSearch hopCount="${hops}"/>`
    }<csw:Query typeNames="csw:Record"><csw:ElementSetName>brief</csw:ElementSetName>${DATASETS}</csw:Query></csw:GetRecords>`;
  const has = (text: string) =>
    [SENTINEL_2.id, SENTINEL_1.id].map((id) => text.split(`<dc:identifier>${id}<`).length - 1);

  it('asks nobody unless it is told to, nor where no hop is left (OGC 07-006r1 §10.8.4.4)', async () => {
    for (const hops of [undefined, 1]) expect(has(await ask(query(hops)))).toEqual([1, 0]);
    expect(farAsked).toEqual([]);
  });

  it('adds what peers have, once, and says who did not take part', async () => {
    const text = await ask(query(4));
    expect(has(text)).toEqual([1, 1]);
    expect(text).toContain('numberOfRecordsMatched="2"');
    expect(text).toMatch(/<!-- Not all: \S+: silent: The host \S+ did not answer within 4000 ms/);
    expect(text).toMatch(/<!-- Not all: \S+: wrong: The answer is no GetRecords response but html/);
    expect(farAsked.at(-1)).toContain('<csw:DistributedSearch hopCount="3"/>');
    expect(farAsked.at(-1)).toContain('PropertyIsLike');
  });

  it('says it in the elements CSW 3.0 has for it', async () => {
    const text = await ask(
      `<csw:GetRecords ${CSW3} version="3.0.0"><csw:DistributedSearch hopCount="2" clientId="urn:x"/>
       <csw:Query typeNames="csw:Record"><csw:ElementSetName>full</csw:ElementSetName><csw:Constraint version="2.0.0"><fes:Filter>
       <fes:PropertyIsEqualTo><fes:ValueReference>dc:identifier</fes:ValueReference><fes:Literal>${SENTINEL_1.id}</fes:Literal>
       </fes:PropertyIsEqualTo></fes:Filter></csw:Constraint></csw:Query></csw:GetRecords>`,
    );
    expect(has(text)[1]).toBeGreaterThan(0);
    expect(text.match(/<csw30:FederatedException catalogueURL="http/g)).toHaveLength(2);
  });

  it('pages through local and remote records as through one list', async () => {
    const first = await ask(query(2, 'maxRecords="1"'));
    expect(has(first)).toEqual([1, 0]);
    expect(first).toContain('nextRecord="2"');
    const second = await ask(query(2, 'maxRecords="1" startPosition="2"'));
    expect(has(second)).toEqual([0, 1]);
    expect(second).toContain('nextRecord="0"');
  });

  it('harvests a document at once or in the background, by the Harvest operation', async () => {
    const record = (
      id: string,
    ) => `<csw:Record xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <dc:identifier>${id}</dc:identifier><dc:title>A foreign record</dc:title></csw:Record>`;
    let told = '';
    const source = await listen(({ url }, response) => response.end(record(`foreign-${url?.slice(-1)}`)));
    const handler = await listen((request, response) => {
      request.on('data', (chunk: Buffer) => (told += chunk.toString()));
      response.end();
    });
    const harvest = async (which: string, more = '') => {
      const answer = await fetch(`${near.url}/csw`, {
        method: 'POST',
        headers: { 'content-type': 'application/xml', authorization: 'Bearer operator-token-of-this-test' },
        body: `<csw:Harvest ${CSW2} version="2.0.2"><csw:Source>${source}?${which}</csw:Source>
          <csw:ResourceType>http://www.opengis.net/cat/csw/2.0.2</csw:ResourceType>${more}</csw:Harvest>`,
      });
      return answer.text();
    };
    const now = await harvest('1');
    expect(now).toContain('<csw:totalInserted>1</csw:totalInserted>');
    expect(now).toContain('foreign-1');
    const found = await near.port(ProductCatalog).find({ collection: 'records', id: 'foreign-1' });
    expect(found?.extra).toMatchObject({ title: 'A foreign record', federation: { id: 'foreign-1' } });
    expect(await harvest('1')).toContain('<csw:totalInserted>0</csw:totalInserted>');

    const later = await harvest('2', `<csw:ResponseHandler>${handler}</csw:ResponseHandler>`);
    expect(later).toContain('<csw:Acknowledgement');
    for (let round = 0; round < 200 && told === ''; round++) await sleep(50);
    expect(told).toContain('<csw:totalInserted>1</csw:totalInserted>');
    expect(await near.port(ProductCatalog).find({ collection: 'records', id: 'foreign-2' })).toBeDefined();

    expect(await harvest('3', '<csw:HarvestInterval>often</csw:HarvestInterval>')).toContain('HarvestInterval');
    expect(await harvest('3', '<csw:ResponseHandler>http://169.254.169.254/</csw:ResponseHandler>')).toContain(
      'may not be asked',
    );
  });
});
