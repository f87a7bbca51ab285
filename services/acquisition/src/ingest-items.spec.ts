import { describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import type { ProductStore } from '#domain/ports/product-store.js';
import { IngestItems } from './ingest-items.js';

describe('lines of a bulk ingest', () => {
  it('fail where the body breaks off', async () => {
    const body = Readable.from(
      (async function* () {
        yield Buffer.from('{}\n');
        throw new Error('aborted');
      })(),
    );
    await expect(new IngestItems({} as ProductStore).execute(body)).rejects.toThrow('aborted');
  });

  it('say what to do with a FeatureCollection', async () => {
    const body = Readable.from([Buffer.from('{"type":"FeatureCollection","features":[]}')]);
    const report = await new IngestItems({} as ProductStore).execute(body);
    expect(report.failures).toEqual([{ line: 1, reason: expect.stringContaining('one Item a line') }]);
  });
});
