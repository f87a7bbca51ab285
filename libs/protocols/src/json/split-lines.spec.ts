import { describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import { splitLines } from './split-lines.js';

const lines = (chunks: (string | Uint8Array)[], longest: number): Promise<string[]> =>
  Array.fromAsync(splitLines(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), longest));

describe('lines of a text', () => {
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
});
