import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { writeContentDisposition } from './content-disposition.js';
import { writeLegacyDigest, writeReprDigest } from './digest-fields.js';
import { parseHttpDate, writeHttpDate } from './http-date.js';
import { layOutByteRanges } from './multipart-byteranges.js';
import { preferredMediaType } from './preferred-media-type.js';

describe('HTTP dates (RFC 9110 §5.6.7)', () => {
  it.each(['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'])(
    'reads %s',
    (text) => {
      expect(parseHttpDate(text)).toEqual(new Date('1994-11-06T08:49:37Z'));
    },
  );

  it.each(['', '1994-11-06', 'Sun, 06 Foo 1994 08:49:37 GMT', 'Sun, 31 Feb 1994 08:49:37 GMT'])(
    'knows that %p is none',
    (text) => {
      expect(parseHttpDate(text)).toBeUndefined();
    },
  );

  it('reads what it writes', () => {
    const seconds = fc.integer({ min: 0, max: 4_000_000_000 });
    fc.assert(
      fc.property(seconds, (time) => {
        expect(parseHttpDate(writeHttpDate(new Date(time * 1000)))?.getTime()).toBe(time * 1000);
      }),
    );
  });
});

describe('Content-Disposition (RFC 6266)', () => {
  it('quotes plain names, as DHuS synchronisers need', () => {
    expect(writeContentDisposition('S2A_X.SAFE.zip')).toBe('attachment; filename="S2A_X.SAFE.zip"');
  });

  it('keeps the exact name beside a harmless one', () => {
    expect(writeContentDisposition('Größe "1".zip')).toBe(
      `attachment; filename="Gr__e _1_.zip"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%221%22.zip`,
    );
  });

  it('never breaks out of the header', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(writeContentDisposition(name)).toMatch(
          /^attachment; filename="[\x20-\x7e]*"(; filename\*=[\x21-\x7e]+)?$/,
        );
      }),
    );
  });
});

describe('digest fields', () => {
  const digests = [
    { algorithm: 'md5', value: '0123456789abcdef0123456789abcdef' },
    { algorithm: 'sha-256', value: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
  ] as const;

  it('writes Repr-Digest (RFC 9530 §3) without MD5', () => {
    expect(writeReprDigest(digests)).toBe('sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:');
    expect(writeReprDigest([digests[0]])).toBeUndefined();
  });

  it("answers aria2's Want-Digest (RFC 3230) with the best we have", () => {
    const wanted = 'SHA-512;q=1, SHA-256;q=1, SHA;q=0.1';
    expect(writeLegacyDigest(wanted, digests)).toBe('SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=');
    expect(writeLegacyDigest('md5;q=0.3, sha-256;q=0', digests)).toBe('MD5=ASNFZ4mrze8BI0VniavN7w==');
    expect(writeLegacyDigest('unixsum, ;;', digests)).toBeUndefined();
  });
});

describe('multipart/byteranges (RFC 9110 §14.6)', () => {
  it('says its length before it is sent', () => {
    const spans = [
      { offset: 0, length: 3 },
      { offset: 2 ** 32, length: 2 },
    ];
    const layout = layOutByteRanges(spans, 2 ** 33, 'application/zip', 'B');
    const body = layout.parts.map(({ head, span }) => head + 'x'.repeat(span.length)).join('') + layout.tail;
    expect(layout.length).toBe(body.length);
    expect(body).toContain('Content-Range: bytes 4294967296-4294967297/8589934592\r\n\r\nxx\r\n--B--');
    expect(layout.mediaType).toBe('multipart/byteranges; boundary=B');
  });
});

describe('preferredMediaType (RFC 9110 §12.5.1)', () => {
  it.each([
    [undefined, 'text/html'],
    ['*/*', 'text/html'],
    ['application/json', 'application/json'],
    ['application/json;q=0.5, text/*', 'text/html'],
    ['text/html;q=0, */*', 'application/json'],
    ['image/png', 'text/html'],
    ['application/json;q=x', 'text/html'],
  ])('%p likes %s', (accept, expected) => {
    expect(preferredMediaType(accept, ['text/html', 'application/json'])).toBe(expected);
  });
});
