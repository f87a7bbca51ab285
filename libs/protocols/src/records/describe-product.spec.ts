import { describe, expect, it } from '@jest/globals';
import { SENTINEL_COLLECTIONS } from '#domain/collection/sentinel-collections.js';
import { SENTINEL_1, SENTINEL_2 } from '#test/support/sample-products.js';
import { describeCollection } from './describe-collection.js';
import { productRecord } from './describe-product.js';
import { parseObservationTerm, observationTerms } from './observation-terms.js';
import { platformTitle } from './platform-title.js';
import { flatBoxes, joinBoxes } from './record-bbox.js';
import { scopeCode } from './scope-code.js';
import { xmlId } from './xml-id.js';

const MIRROR = { address: 'https://mirror.example', name: 'FROMBORK' };
const factsOf = (collection: string) =>
  describeCollection(
    SENTINEL_COLLECTIONS.find(({ id }) => id === collection)!,
    MIRROR,
  );

describe('productRecord', () => {
  it('has a download only where the mirror has the bytes', () => {
    const uses = (record: ReturnType<typeof productRecord>) => record.onlineResources.map(({ use }) => use);
    expect(uses(productRecord(SENTINEL_2, factsOf('sentinel-2-l1c')))).toContain('download');
    expect(uses(productRecord(SENTINEL_1, factsOf('sentinel-1-grd')))).not.toContain('download');
  });

  it('has no box without a footprint', () => {
    expect(productRecord({ ...SENTINEL_2, geometry: null }, factsOf('sentinel-2-l1c')).bbox).toBeUndefined();
  });
});

describe('observation terms', () => {
  it('say a product in the parameters of OGC 13-026r9 and are read as they were', () => {
    const terms = observationTerms(SENTINEL_1.properties);
    expect(terms).toContain('eo:orbitNumber:52789');
    expect(terms).toContain('eo:polarisationChannels:VV,VH');
    const read = Object.fromEntries(terms.flatMap((term) => [parseObservationTerm(term) ?? []]));
    expect(SENTINEL_1.properties).toMatchObject(read);
    expect(Object.keys(read).length).toBeGreaterThan(8);
  });

  it.each(['eo:cloudCover:much', 'eo:orbitNumber:1.5', 'eo:nothing:1', 'eo:orbitNumber:', 'cloudCover:1', 'eo:uid:x'])(
    'leave %s a keyword',
    (keyword) => {
      expect(parseObservationTerm(keyword)).toBeUndefined();
    },
  );
});

describe('boxes at the antimeridian', () => {
  it('are cut and joined again', () => {
    expect(flatBoxes([170, -1, -170, 1])).toEqual([
      [170, -1, 180, 1],
      [-180, -1, -170, 1],
    ]);
    expect(joinBoxes(flatBoxes([170, -1, -170, 1]))).toEqual([170, -1, -170, 1]);
    expect(joinBoxes([])).toBeUndefined();
    expect(joinBoxes([[170, -1, -170, 1], [0, 5, 1, 6]])).toEqual([-180, -1, 180, 6]); // prettier-ignore
  });
});

describe('names', () => {
  it.each([
    ['sentinel-2a', 'Sentinel-2A'],
    ['sentinel-5p', 'Sentinel-5P'],
    ['sentinel-1', 'Sentinel-1'],
  ])('of the satellite %s is %s', (platform, title) => {
    expect(platformTitle(platform)).toBe(title);
  });

  it.each([
    [undefined, 'dataset'],
    ['series', 'series'],
    ['http://purl.org/dc/dcmitype/Service', 'service'],
    ['http://purl.org/dc/dcmitype/Image', 'dataset'],
  ])('of the type %s is the scope %s', (type, scope) => {
    expect(scopeCode(type)).toBe(scope);
  });

  it('of parts are NCNames, and different ones for different ids', () => {
    const ids = ['urn:uuid:1', 'urn_uuid_1', 'ä 1', '1'].map((id) => xmlId('period', id));
    expect(ids.every((id) => /^[A-Za-z_][A-Za-z0-9_.-]*$/.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(4);
  });
});
