import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { featureId, parseFeatureId } from './feature-id.js';

const UUID = 'b5a2c1d8-1f8e-5c65-9a0b-3c1b7f5b9c11';
const TYPES = ['sentinel-2-l2a', 'dem', 'a.b'];

describe('resource ids', () => {
  it('are names in XML and lead back to the product, whatever its id', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TYPES), fc.string({ minLength: 1, maxLength: 80 }), (collection, id) => {
        const text = featureId({ collection, id, uuid: UUID });
        expect(text).toMatch(/^[A-Za-z_][\w.-]*$/);
        const key = parseFeatureId(text, TYPES);
        expect(key).toEqual(/^[\w.-]+$/.test(id) ? { collection, id } : { uuid: UUID });
      }),
    );
  });

  it('name nothing where their type is none', () => {
    expect(parseFeatureId('other.A', TYPES)).toBeUndefined();
    expect(parseFeatureId(`dem.${'x'.repeat(1000)}`, TYPES)).toBeUndefined();
  });
});
