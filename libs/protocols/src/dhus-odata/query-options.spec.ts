import { describe, expect, it } from '@jest/globals';
import { parseQueryString } from '../dhus/query-string.js';
import { PRODUCT_VOCABULARY } from './hub-vocabulary.js';
import { parseCollectionOptions, parseODataFormat } from './query-options.js';

const options = (query: string) =>
  parseCollectionOptions(parseQueryString(query), PRODUCT_VOCABULARY, [{ property: 'published', direction: 'desc' }]);

describe('query options (OData 2.0 URI conventions §4)', () => {
  it.each([
    ["Id eq 'x' or Id eq 'y'", { op: 'constant', value: false }],
    ['EvictionDate eq null', undefined],
    ['Online', { op: 'eq', property: 'online', value: 'online' }],
    ['Online ne true', { op: 'ne', property: 'online', value: 'online' }],
    [
      "year(ContentDate/Start) eq 2018 and Name eq 'it''s'",
      {
        op: 'and',
        args: [
          { op: 'ge', property: 'acquiredFrom', value: new Date('2018-01-01T00:00:00Z') },
          { op: 'lt', property: 'acquiredFrom', value: new Date('2019-01-01T00:00:00Z') },
          { op: 'eq', property: 'id', value: "it's" },
        ],
      },
    ],
    ['year(CreationDate) gt 2018', { op: 'ge', property: 'published', value: new Date('2019-01-01T00:00:00Z') }],
  ])('$filter=%s', (filter, expected) => {
    expect(options(`$filter=${encodeURIComponent(filter)}`).filter).toEqual(expected);
  });

  it('turns hundreds of ids into one list', () => {
    const ids = Array.from({ length: 500 }, (_, i) => `00000000-0000-5000-8000-${String(i).padStart(12, '0')}`);
    const filter = ids.map((id) => `Id eq '${id}'`).join(' or ');
    expect(options(`$filter=(${filter})`).filter).toEqual({ op: 'in', property: 'uuid', values: ids });
  });

  it('knows whose page it is', () => {
    expect(options('')).toMatchObject({ limit: 100, skip: 0, isClientPage: false, inlineCount: false });
    expect(options('$top=5&$skip=7&$inlinecount=allpages')).toMatchObject({
      limit: 5,
      skip: 7,
      isClientPage: true,
      inlineCount: true,
    });
    expect(options('$top=5000')).toMatchObject({ limit: 1000, isClientPage: false });
    expect(options('$orderby=ContentDate/Start desc,Name').sort).toEqual([
      { property: 'acquiredFrom', direction: 'desc' },
      { property: 'id', direction: 'asc' },
    ]);
  });

  it.each([
    ['year(CreationDate) eq 99999', 'year() is compared'],
    ['year(Nothing) eq 2018', 'no property'],
    ['Checksum/Value eq 1', 'no property'],
  ])('refuses %s', (filter, message) => {
    expect(() => options(`$filter=${encodeURIComponent(filter)}`)).toThrow(message);
  });

  it.each([
    ['', undefined, 'atom'],
    ['', 'application/json', 'json'],
    ['', 'text/html, */*', 'atom'],
    ['$format=json', 'application/atom+xml', 'json'],
    ['$format=application/json;odata=verbose', undefined, 'json'],
    ['$format=atom', 'application/json', 'atom'],
  ])('answers %s with Accept %s in %s', (query, accept, format) => {
    expect(parseODataFormat(parseQueryString(query), accept)).toBe(format);
  });
});
