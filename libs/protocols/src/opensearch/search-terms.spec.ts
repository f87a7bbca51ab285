import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findQueryable, type Queryable } from '#domain/catalog/queryables.js';
import { InvalidError } from '#domain/errors.js';
import { parseParentIdentifier, parseProductIdentifier, writeProductIdentifier } from './product-identifier.js';
import { parseSearchDate } from './search-date.js';
import { parseSearchTerm } from './search-term.js';
import { termFilter } from './term-filter.js';

const queryable = (name: string): Queryable => {
  const found = findQueryable(name);
  if (found === undefined) throw new Error(name);
  return found;
};

const inclusive = (value: string) => ({ value, inclusive: true });
const exclusive = (value: string) => ({ value, inclusive: false });

describe('values of EO parameters (OGC 13-026r9 §7.3)', () => {
  it.each([
    ['20', { kind: 'values', values: ['20'] }],
    ['{A,B}', { kind: 'values', values: ['A', 'B'] }],
    ['VV, VH', { kind: 'values', values: ['VV, VH'] }],
    ['[0,20]', { kind: 'range', lower: inclusive('0'), upper: inclusive('20') }],
    ['[0, 20]', { kind: 'range', lower: inclusive('0'), upper: inclusive('20') }],
    [']0,20[', { kind: 'range', lower: exclusive('0'), upper: exclusive('20') }],
    ['[0,20[', { kind: 'range', lower: inclusive('0'), upper: exclusive('20') }],
    [']0,20]', { kind: 'range', lower: exclusive('0'), upper: inclusive('20') }],
    ['[20', { kind: 'range', lower: inclusive('20') }],
    [']20', { kind: 'range', lower: exclusive('20') }],
    ['20]', { kind: 'range', upper: inclusive('20') }],
    ['20[', { kind: 'range', upper: exclusive('20') }],
    ['[20,', { kind: 'range', lower: inclusive('20') }],
    [',20]', { kind: 'range', upper: inclusive('20') }],
    ['[5]', { kind: 'range', lower: inclusive('5'), upper: inclusive('5') }],
  ])('%s', (text, term) => {
    expect(parseSearchTerm(text)).toEqual(term);
  });

  it.each(['', ' ', '[]', '[,]', '{}', '[1,2,3]', '1,2]', '[[1', '[1]]'])('refuses "%s"', (text) => {
    expect(() => parseSearchTerm(text)).toThrow(InvalidError);
  });

  it('throw nothing but InvalidError, whatever comes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[[\]{},0-9. a]*$/)), (text) => {
        try {
          termFilter(queryable('cloudCover'), text, 'cloudCover');
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidError);
        }
      }),
    );
  });
});

describe('conditions made of them', () => {
  it('are typed as the vocabulary says', () => {
    expect(termFilter(queryable('cloudCover'), '[0,20]', 'cloudCover')).toEqual({
      op: 'and',
      args: [
        { op: 'ge', property: 'cloudCover', value: 0 },
        { op: 'le', property: 'cloudCover', value: 20 },
      ],
    });
    expect(() => termFilter(queryable('cloudCover'), 'few', 'cloudCover')).toThrow(/cloudCover: "few"/);
    expect(termFilter(queryable('orbitDirection'), 'DESCENDING', 'orbitDirection')).toEqual({
      op: 'eq',
      property: 'orbitDirection',
      value: 'DESCENDING',
      caseInsensitive: true,
    });
  });

  it('take a watermark without closing bracket as from then on, inclusive', () => {
    expect(termFilter(queryable('published'), '[2018-01-01T00:00:00.000', 'creationDate')).toEqual({
      op: 'and',
      args: [{ op: 'ge', property: 'published', value: new Date('2018-01-01T00:00:00Z') }],
    });
  });

  it('take a day as the whole day at either end', () => {
    const end = (text: string) => termFilter(queryable('published'), text, 'creationDate');
    expect(end('2018-01-02]')).toMatchObject({ args: [{ op: 'le', value: new Date('2018-01-02T23:59:59.999Z') }] });
    expect(end('2018-01-02[')).toMatchObject({ args: [{ op: 'lt', value: new Date('2018-01-02T00:00:00Z') }] });
    expect(end(']2018-01-02')).toMatchObject({ args: [{ op: 'gt', value: new Date('2018-01-02T23:59:59.999Z') }] });
  });

  it('ask for every channel of a list, and any of a set', () => {
    expect(termFilter(queryable('polarisations'), 'VV, VH', 'polarisationChannels')).toMatchObject({ op: 'and' });
    expect(termFilter(queryable('polarisations'), '{VV,VH}', 'polarisationChannels')).toMatchObject({ op: 'or' });
  });

  it.each([
    ['A', { op: 'like', pattern: '%A' }],
    ['2B', { op: 'eq', value: 'sentinel-2b' }],
    ['S2A', { op: 'eq', value: 'sentinel-2a' }],
    ['Sentinel-1A', { op: 'eq', value: 'sentinel-1a' }],
  ])('know the satellite %s', (text, filter) => {
    expect(termFilter(queryable('platform'), text, 'platformSerialIdentifier')).toMatchObject(filter);
  });
});

describe('dates of a search', () => {
  it.each([
    ['2018-06-04', '2018-06-04T00:00:00.000Z', '2018-06-04T23:59:59.999Z'],
    ['2018-06-04T23:59:59.999', '2018-06-04T23:59:59.999Z', '2018-06-04T23:59:59.999Z'],
    ['2018-06-04T00:00:00.000Z', '2018-06-04T00:00:00.000Z', '2018-06-04T00:00:00.000Z'],
    ['2018-06-04T12:30', '2018-06-04T12:30:00.000Z', '2018-06-04T12:30:00.000Z'],
    ['2018-06-04T12:30+0200', '2018-06-04T10:30:00.000Z', '2018-06-04T10:30:00.000Z'],
  ])('%s', (text, start, end) => {
    expect(parseSearchDate(text)).toEqual({ start: new Date(start), end: new Date(end) });
  });

  it.each(['', 'yesterday', '2018', '2018-13-01', '04.06.2018', '2018-06-04T25:00:00Z'])('refuses "%s"', (text) => {
    expect(() => parseSearchDate(text)).toThrow(InvalidError);
  });
});

describe('identifiers', () => {
  it('are read back from any mirror, with or without what surrounds the name', () => {
    expect(parseParentIdentifier('EOP:CODE-DE:S2_MSI_L1C')).toBe('S2_MSI_L1C');
    expect(parseParentIdentifier('sentinel-2-l1c')).toBe('sentinel-2-l1c');
    expect(parseProductIdentifier(writeProductIdentifier('EOP:X:S2_MSI_L1C', 'S2A_NAME'))).toBe('S2A_NAME');
    expect(parseProductIdentifier('S2A_NAME.SAFE.zip')).toBe('S2A_NAME');
  });
});
