import { describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import type { ProductStore } from '#domain/ports/product-store.js';
import { IngestItems } from './ingest-items.js';
import { splitLines } from './split-lines.js';

const lines = (chunks: (string | Uint8Array)[], longest: number): Promise<string[]> =>
  Array.fromAsync(splitLines(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), longest));

describe('lines of a bulk ingest', () => {
  it('are split across chunks and characters, at LF and CR LF only', async () => {
    const text = Buffer.from('ä\u2028b\r\n\nc');
    expect(
      await lines(
        [...text].map((byte) => Uint8Array.of(byte)),
        10,
      ),
    ).toEqual(['ä\u2028b', '', 'c']);
  });

  it('are cut one past the longest, however long they are', async () => {
    expect(await lines(['aaaa', 'aaaa', 'aa\nbb'], 5)).toEqual(['aaaaaa', 'bb']);
  });

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
