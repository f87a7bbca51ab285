import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startArchiveService, type ArchiveService } from '#test/support/archive-service.js';
import { testProduct } from '#test/support/catalogue-products.js';
import { PortalModule } from './portal.module.js';

const HOSTILE = `X"><script>alert(1)</script>`;

describe('landing page', () => {
  let service: ArchiveService;

  beforeAll(async () => {
    service = await startArchiveService({ modules: [PortalModule], environment: { FROMBORK_MIRROR: 'TEST-DE' } });
  }, 120_000);

  afterAll(() => service.stop(), 30_000);

  const page = async (): Promise<{ readonly headers: Headers; readonly text: string }> => {
    const answer = await fetch(service.url);
    return { headers: answer.headers, text: await answer.text() };
  };

  it('says what to do with an empty archive', async () => {
    const { text } = await page();
    expect(text).toContain('The archive is empty');
    expect(text).toContain('Nothing has been published yet');
  });

  it('shows collections, counts, times and newest products, and escapes them', async () => {
    await service.publish([
      testProduct('S1', { collection: 'sentinel-1-grd', acquiredFrom: new Date('2024-05-01T05:00:00Z') }),
      testProduct('S2', {
        collection: 'sentinel-2-l1c',
        online: 'online',
        properties: { cloudCover: 12.4 },
        content: {
          key: 'S2.zip',
          fileName: 'S2.SAFE.zip',
          mediaType: 'application/zip',
          size: 1_234_567,
          digests: [
            { algorithm: 'sha-256', value: 'ab'.repeat(32) },
            { algorithm: 'md5', value: 'ab'.repeat(16) },
          ],
        },
        assets: { quicklook: { location: { key: 'S2.jpg' }, roles: ['thumbnail'] } },
      }),
      testProduct(HOSTILE, { collection: 'sentinel-1-grd', acquiredFrom: new Date('2024-05-03T05:00:00Z') }),
    ]);
    const { text } = await page();
    expect(text).toContain('<title>TEST-DE');
    expect(text).toMatch(
      /sentinel-1-grd<\/code><\/td>\s*<td class="number">2<\/td>\s*<td>2024-05-01<\/td>\s*<td>2024-05-03</,
    );
    expect(text).toContain('src="/dl/sentinel-2-l1c/S2/asset/quicklook"');
    expect(text).toContain('2024-06-01 10:00 UTC · 12 % cloud');
    expect(text).toContain('1.2 MB');
    expect(text).toContain('X&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toContain('<script>alert');
    expect(text).toContain(`curl -C - -O &quot;${service.url}/dl/sentinel-2-l1c/S2/S2.SAFE.zip&quot;`);
  });

  it('runs nothing but its own files: a strict policy, no inline script, style or other host', async () => {
    const { headers, text } = await page();
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(text).not.toMatch(/ on\w+="| style="|<style/);
    for (const [, type] of text.matchAll(/<script(?! src)([^>]*)>/g)) expect(type).toContain('application/json');
    const files = [...text.matchAll(/(?:src|href)="(\/portal\/[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(files).toHaveLength(4);
    for (const file of [...files, '/portal/land.geojson']) {
      const answer = await fetch(service.url + file);
      expect([file, answer.status, (await answer.text()).length > 500]).toEqual([file, 200, true]);
      const known = { 'if-none-match': answer.headers.get('etag') ?? '' };
      expect((await fetch(service.url + file, { headers: known })).status).toBe(304);
    }
    expect((await fetch(`${service.url}/portal/..%2fpackage.json`)).status).toBe(404);
  });
});
