import { describe, expect, it } from '@jest/globals';
import { InvalidError } from '#domain/errors.js';
import { parseFilter } from './stac-filter.js';

const CLOUD = { op: '<', args: [{ property: 'eo:cloud_cover' }, 10] };
const COMPILED = { op: 'lt', property: 'cloudCover', value: 10 };

describe('the Filter extension (OGC 19-079r2 §7)', () => {
  it.each([
    { filter: 'eo:cloud_cover < 10' },
    { filter: 'properties.eo:cloud_cover < 10', 'filter-lang': 'cql2-text' },
    { filter: CLOUD },
    { filter: CLOUD, 'filter-lang': 'cql2-json' },
    { filter: JSON.stringify(CLOUD) },
    { filter: JSON.stringify(CLOUD), 'filter-lang': 'cql2-json' },
    { filter: CLOUD, 'filter-crs': 'http://www.opengis.net/def/crs/OGC/1.3/CRS84' },
  ])('reads %j', (given) => {
    expect(parseFilter(given)).toEqual(COMPILED);
  });

  it('is no condition where there is none', () => {
    expect(parseFilter({})).toBeUndefined();
    expect(parseFilter({ filter: '', 'filter-lang': 'cql2-text' })).toBeUndefined();
  });

  it.each([
    [{ filter: CLOUD, 'filter-lang': 'cql2-text' }, 'filter-lang'],
    [{ filter: '{', 'filter-lang': 'cql2-json' }, 'filter'],
    [{ filter: '[1' }, 'filter'],
    [{ filter: [] }, 'filter'],
    [{ filter: CLOUD, 'filter-crs': 'http://www.opengis.net/def/crs/EPSG/0/4326' }, 'filter-crs'],
  ])('refuses %j', (given, subject) => {
    const parse = (): unknown => {
      try {
        return parseFilter(given);
      } catch (error) {
        return error;
      }
    };
    expect(parse()).toBeInstanceOf(InvalidError);
    expect(parse()).toMatchObject({ subject });
  });

  it('names what items have beside the vocabulary', () => {
    expect(parseFilter({ filter: 'created IS NULL' })).toEqual({ op: 'isNull', property: 'published' });
    expect(parseFilter({ filter: "eopf:instrument_mode = 'x'" })).toMatchObject({ property: 'instrumentMode' });
    expect(parseFilter({ filter: 'anything = 1' })).toMatchObject({ property: 'extra:anything' });
  });
});
