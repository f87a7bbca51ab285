import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { productUuid, uuidV5 } from './product-uuid.js';

const DNS = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

/** The same by the platform's SHA-1. */
function reference(namespace: string, name: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes
    .subarray(0, 16)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

describe('UUID v5', () => {
  it('gives the test vector of RFC 9562 appendix A.4', () => {
    expect(uuidV5(DNS, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  it('agrees with the SHA-1 of the platform on any name', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string({ unit: 'binary', maxLength: 300 }), (namespace, name) => {
        expect(uuidV5(namespace, name)).toBe(reference(namespace, name.toWellFormed()));
      }),
    );
  });

  it('refuses a namespace that is no UUID', () => {
    expect(() => uuidV5('dns', 'x')).toThrow(RangeError);
  });

  it('keeps the uuid of a product for ever', () => {
    const id = 'S2A_MSIL1C_20220125T151701_N0400_R125_T18LTM_20220125T190036';
    expect(productUuid('sentinel-2-l1c', id)).toBe(
      reference(reference(DNS, 'frombork.product'), `sentinel-2-l1c/${id}`),
    );
    expect(productUuid('sentinel-2-l2a', id)).not.toBe(productUuid('sentinel-2-l1c', id));
  });
});
