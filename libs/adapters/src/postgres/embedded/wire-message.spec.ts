import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  readStatus,
  readTag,
  splitMessages,
  SSL_REQUEST,
  WireReader,
  writeError,
  writeMessage,
  writeQuery,
} from './wire-message.js';

describe('WireReader (PostgreSQL: Message Formats)', () => {
  const letters = fc.constantFrom('Q', 'P', 'B', 'E', 'S', 'Z', 'd');
  const sent = fc.array(fc.record({ type: letters, body: fc.uint8Array({ maxLength: 40 }) }), { maxLength: 8 });

  it('cuts any stream into its messages, however the chunks fall', () => {
    fc.assert(
      fc.property(sent, fc.integer({ min: 1, max: 13 }), (messages, step) => {
        const stream = Buffer.concat(messages.map(({ type, body }) => writeMessage(type, Buffer.from(body))));
        const reader = new WireReader();
        const read: { type: string; body: Buffer }[] = [];
        for (let at = 0; at < stream.length; at += step) {
          reader.push(stream.subarray(at, at + step));
          for (let next = reader.message(); next !== undefined; next = reader.message()) {
            read.push({ type: next.type, body: next.bytes.subarray(5) });
          }
        }
        expect(read).toEqual(messages.map(({ type, body }) => ({ type, body: Buffer.from(body) })));
      }),
    );
  });

  it('reads a start-up packet before the messages', () => {
    const ssl = Buffer.alloc(8);
    ssl.writeInt32BE(8);
    ssl.writeInt32BE(SSL_REQUEST, 4);
    const reader = new WireReader();
    reader.push(ssl.subarray(0, 3));
    expect(reader.startup()).toBeUndefined();
    reader.push(Buffer.concat([ssl.subarray(3), writeQuery('select 1')]));
    expect(reader.startup()?.code).toBe(SSL_REQUEST);
    expect(reader.message()).toEqual({ type: 'Q', bytes: writeQuery('select 1') });
  });

  it.each([-1, 0, 3, 0x7fffffff])('refuses the impossible length %d', (length) => {
    const bytes = Buffer.alloc(16, 'Q');
    bytes.writeInt32BE(length, 1);
    const reader = new WireReader();
    reader.push(bytes);
    expect(() => reader.message()).toThrow(RangeError);
  });
});

describe('writing and reading back', () => {
  it('tells status, tag and the fields of an error', () => {
    const answer = Buffer.concat([
      writeMessage('C', 'INSERT 0 1\0'),
      writeMessage('Z', 'T'),
      writeError('ERROR', 'XX000', 'no'),
    ]);
    const [complete, ready, error] = splitMessages(answer);
    expect(complete && readTag(complete)).toBe('INSERT 0 1');
    expect(ready && readStatus(ready)).toBe('T');
    expect(error?.bytes.toString('utf8', 5)).toBe('SERROR\0VERROR\0CXX000\0Mno\0\0');
  });
});
