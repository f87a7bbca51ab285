import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Product } from '#domain/product/product.js';
import { parseXml } from '#protocols/xml/parse-xml.js';
import { attribute, descendants } from '#protocols/xml/xml-path.js';
import { DiscoveryModule } from '#services/discovery/src/discovery.module.js';
import { DownloadModule } from '#services/download/src/download.module.js';
import { startCatalogueService, type CatalogueService } from '#test/support/catalogue-service.js';
import { manyProducts } from '#test/support/sample-products.js';

const execute = promisify(execFile);
const CONDITION =
  'parentIdentifier=EOP:CODE-DE:S2_MSI_L1C&startDate=2024-01-02T00:00:00.000Z&endDate=2024-01-04T23:59:59.999&bbox=5.9,47.2,15.2,55';

/** A product whose deliverable is these bytes. */
function withBytes(product: Product, bytes: Uint8Array): Product {
  const digest = (algorithm: string): string => createHash(algorithm).update(bytes).digest('hex');
  const content = {
    ...product.content!,
    key: `products/${product.id}`,
    size: bytes.length,
    digests: [
      { algorithm: 'md5', value: digest('md5') },
      { algorithm: 'sha-256', value: digest('sha256') },
    ] as const,
  };
  return { ...product, content, assets: {} };
}

describe('the request sequence of code-de-query-download.sh, by curl', () => {
  let service: CatalogueService;
  let folder: string;
  const bytes = new Map<string, Buffer>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'frombork-code-de-'));
    service = await startCatalogueService([DiscoveryModule, DownloadModule], []);
    for (const product of manyProducts(6)) {
      const body = randomBytes(50_000);
      const whole = withBytes(product, body);
      bytes.set(whole.content!.fileName, body);
      await service.store(whole.content!.key, body);
      await service.publish([whole]);
    }
  }, 120_000);

  afterAll(async () => {
    await service.stop();
    await rm(folder, { recursive: true });
  });

  const search = async (condition: string): Promise<string> => {
    const url = `${service.url}/opensearch/request/?httpAccept=application/atom%2Bxml`;
    const { stdout } = await execute('curl', ['-s', '--globoff', `${url}&${condition}&maximumRecords=50`]);
    return stdout;
  };
  /** `//*[local-name()="link" and @title="Download"]/@href`, as the script asks xmllint. */
  const hrefsOf = (feed: string): readonly string[] =>
    descendants(parseXml(feed), 'link').flatMap((link) =>
      attribute(link, 'title') === 'Download' ? [attribute(link, 'href') ?? ''] : [],
    );

  it('finds, then saves every file byte-identical under its own name, with pre-emptive Basic along', async () => {
    const hrefs = hrefsOf(await search(CONDITION));
    expect(hrefs).toHaveLength(3);
    for (const href of hrefs) {
      const options = ['-s', '--fail', '--location-trusted', '--user', 'somebody:secret', '-O', href];
      await execute('curl', options, { cwd: folder });
    }
    const saved = await readdir(folder);
    expect(saved).toHaveLength(3);
    for (const name of saved) {
      expect(name).toMatch(/\.SAFE\.zip$/);
      expect(await readFile(join(folder, name))).toEqual(bytes.get(name));
    }
  });

  it('takes brackets raw and encoded', async () => {
    const cloudy = async (interval: string) => hrefsOf(await search(`${CONDITION}&cloudCover=${interval}`));
    expect(await cloudy('[0,2]')).toHaveLength(2);
    expect(await cloudy('%5B0,2%5D')).toEqual(await cloudy('[0,2]'));
  });
});
