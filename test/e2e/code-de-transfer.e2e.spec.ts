import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Product } from '#domain/product/product.js';
import { parseXml } from '#protocols/xml/parse-xml.js';
import type { XmlElement } from '#protocols/xml/xml-element.js';
import { DiscoveryModule } from '#services/discovery/src/discovery.module.js';
import { DownloadModule } from '#services/download/src/download.module.js';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { manyProducts } from '#test/support/sample-products.js';
import { xpathElements } from '#test/support/xpath.js';

const execute = promisify(execFile);
const FILTER =
  'parentIdentifier=EOP:CODE-DE:S2_MSI_L1C&geometry=POLYGON((5.9%2047.2,15.2%2047.2,15.2%2055.1,5.9%2055.1,5.9%2047.2))';
const PICKED =
  "//*[local-name()='timePosition' or local-name()='ServiceReference' or local-name()='size' or local-name()='identifier']";
/** Pre-emptive Basic, as the script's .wgetrc has wget do. */
const WGET = ['-q', '--auth-no-challenge', '--user=somebody', '--password=secret'];

/** A product whose deliverable is these bytes. */
function withBytes(product: Product, bytes: Uint8Array): Product {
  const digest = (algorithm: string): string => createHash(algorithm).update(bytes).digest('hex');
  const digests = [
    { algorithm: 'md5', value: digest('md5') },
    { algorithm: 'sha-256', value: digest('sha256') },
  ] as const;
  const content = { ...product.content!, key: `products/${product.id}`, size: bytes.length, digests };
  return { ...product, content, assets: {} };
}

/** One record as the script takes it: every four elements. */
interface Transfer {
  readonly time: string;
  readonly url: string;
  readonly size: number;
  readonly id: string;
}

describe('the request sequence of code-de-transfer.sh, by wget', () => {
  let service: CatalogueService;
  let folder: string;
  const bytes = new Map<string, Buffer>();
  const products = manyProducts(5);

  const publish = async (product: Product): Promise<void> => {
    const body = randomBytes(20_000 + bytes.size);
    const whole = withBytes(product, body);
    bytes.set(`${product.id}.SAFE.zip`, body);
    await service.store(whole.content!.key, body);
    await service.publish([whole]);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'frombork-code-de-transfer-'));
    service = await startCatalogueService([DiscoveryModule, DownloadModule], []);
    for (const product of products.slice(0, 4)) await publish(product);
  }, 120_000);

  afterAll(async () => {
    await service.stop();
    await rm(folder, { recursive: true });
  });

  const search = async (since: string): Promise<string> => {
    const query = `httpAccept=application/sru%2Bxml&recordSchema=om&startRecord=1&maximumRecords=3&${FILTER}`;
    const url = `${service.url}/opensearch/request?${query}&creationDate=[${since}&sortBy=creationDate&sortDir=ASC`;
    const { stdout } = await execute('wget', [...WGET, '-O', '-', url]);
    return stdout;
  };

  const transfersOf = (response: string): readonly Transfer[] => {
    const picked = xpathElements(parseXml(response), PICKED);
    const text = (element: XmlElement | undefined): string => {
      const [content] = element?.children ?? [];
      return typeof content === 'string' ? content : '';
    };
    return Array.from({ length: picked.length / 4 }, (_, index) => {
      const [time, reference, size, identifier] = picked.slice(index * 4, index * 4 + 4);
      return {
        time: text(time),
        url: reference?.attributes.get('xlink:href') ?? '',
        size: Number(text(size)),
        id: text(identifier).replace(/^.*:/, '').replace(/^.*\//, ''),
      };
    });
  };

  /** One run: search from the watermark on, save what is not there with the announced size, move the watermark. */
  const run = async (
    since: string,
  ): Promise<{ readonly found: number; readonly saved: number; readonly until: string }> => {
    const response = await search(since);
    expect(response[0]).toBe('<');
    const transfers = transfersOf(response);
    let saved = 0;
    for (const { url, size, id } of transfers) {
      const file = join(folder, `${id}.SAFE.zip`);
      const known = await stat(file).catch(() => undefined);
      if (known?.size === size) continue;
      await execute('wget', [...WGET, '-O', file, url]);
      expect((await stat(file)).size).toBe(size);
      saved += 1;
    }
    return { found: transfers.length, saved, until: transfers.at(-1)?.time ?? since };
  };

  it('fetches everything in turns, each from the last watermark on, whose product it meets again', async () => {
    const first = await run('2018-01-01T00:00:00.000');
    const second = await run(first.until);
    expect([first.found, first.saved, second.found, second.saved]).toEqual([3, 3, 2, 1]);
    const quiet = await run(second.until);
    expect([quiet.found, quiet.saved]).toEqual([1, 0]);
    for (const name of await readdir(folder)) expect(await readFile(join(folder, name))).toEqual(bytes.get(name));
    expect((await readdir(folder)).length).toBe(4);
  });

  it('meets what came in since', async () => {
    const { until } = await run('2018-01-01T00:00:00.000').then((first) => run(first.until));
    await publish(products[4]!);
    expect(await run(until)).toMatchObject({ found: 2, saved: 1 });
  });

  it('learns of a mistake by the status, so that it is not taken for nothing new', async () => {
    const url = `${service.url}/opensearch/request?httpAccept=application/sru%2Bxml&recordSchema=om&creationDate=[soon`;
    await expect(execute('wget', ['-q', '-O', '-', url])).rejects.toThrow();
    const told = await fetch(url);
    expect(told.status).toBe(400);
    const diagnostic = parseXml(await told.text());
    expect(xpathElements(diagnostic, '//*[local-name()="uri"]')[0]?.children).toEqual(['info:srw/diagnostic/1/6']);
  });
});
