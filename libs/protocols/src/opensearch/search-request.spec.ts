import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidError } from '#domain/errors.js';
import { boundingBoxArea } from '#domain/geometry/bounding-box.js';
import { parseKvp } from '../ows/kvp.js';
import { parseOpenSearch } from './search-request.js';

const parse = (query: string, accept?: string) => parseOpenSearch(parseKvp(query), accept);

/** What an InvalidError is about. */
function subjectOf(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof InvalidError) return error.subject;
    throw error;
  }
  return 'nothing: it was taken';
}

describe('an OpenSearch request (OGC 10-032r8, OGC 13-026r9)', () => {
  it('is read as code-de-query-download.sh sends it: raw colons and commas, an end without Z', () => {
    const request = parse(
      'httpAccept=application/atom%2Bxml&parentIdentifier=EOP:CODE-DE:S2_MSI_L1C&startDate=2018-06-04T00:00:00.000Z' +
        '&endDate=2018-06-04T23:59:59.999&bbox=5.9,47.2,15.2,55&cloudCover=[0,20]&maximumRecords=100&startPage=3',
    );
    expect(request).toMatchObject({ form: 'atom', collection: 'S2_MSI_L1C', count: 100, offset: 200 });
    expect(request.query).toEqual({
      filter: {
        op: 'and',
        args: [
          {
            op: 'temporal',
            relation: 'overlaps',
            interval: { start: new Date('2018-06-04T00:00:00Z'), end: new Date('2018-06-04T23:59:59.999Z') },
          },
          { op: 'spatial', relation: 'intersects', geometry: boundingBoxArea([5.9, 47.2, 15.2, 55]) },
          {
            op: 'and',
            args: [
              { op: 'ge', property: 'cloudCover', value: 0 },
              { op: 'le', property: 'cloudCover', value: 20 },
            ],
          },
        ],
      },
      page: { kind: 'number', limit: 100, offset: 200 },
      count: 'auto',
    });
  });

  it('is read as code-de-transfer.sh sends it: WKT, a half-open watermark, its order', () => {
    const request = parse(
      'startRecord=1&maximumRecords=100&parentIdentifier=EOP:CODE-DE:S2_MSI_L1C&creationDate=[2018-01-01T00:00:00.000' +
        '&geometry=POLYGON((5.9%2047.2,15.2%2047.2,15.2%2055,5.9%2047.2))&sortBy=creationDate&sortDir=ASC',
    );
    expect(request.query.sort).toEqual([{ property: 'published', direction: 'asc' }]);
    expect(request.query.filter).toMatchObject({
      args: [
        { op: 'spatial', geometry: { type: 'Polygon' } },
        { op: 'and', args: [{ op: 'ge', property: 'published', value: new Date('2018-01-01T00:00:00Z') }] },
      ],
    });
  });

  it('takes names in any case, an unencoded + and a whole day as the end', () => {
    const request = parse('HTTPACCEPT=application/geo+json&CLOUDCOVER=20]&enddate=2018-06-04');
    expect(request.form).toBe('geojson');
    expect(request.query.filter).toMatchObject({
      args: [{ interval: { end: new Date('2018-06-04T23:59:59.999Z') } }, { args: [{ op: 'le', value: 20 }] }],
    });
    expect([...request.given.keys()]).toEqual(['endDate', 'cloudCover']);
  });

  it('has pages of 50, at most 500', () => {
    expect(parse('')).toMatchObject({ count: 50, offset: 0, form: 'atom' });
    expect(parse('maximumRecords=100000&startRecord=11')).toMatchObject({ count: 500, offset: 10 });
    expect(parse('maximumRecords=0').count).toBe(0);
  });

  it('finds one product by identifier, and products around a point', () => {
    expect(parse('uid=EOP:X:S2_MSI_L1C:/S2A_NAME').query.ids).toEqual(['S2A_NAME']);
    expect(parse('lat=48&lon=11&radius=5000').query.filter).toEqual({
      op: 'and',
      args: [{ op: 'distance', geometry: { type: 'Point', coordinates: [11, 48] }, distance: 5000 }],
    });
  });

  it('answers what Accept likes where httpAccept is not given', () => {
    expect(parse('', 'text/html, application/geo+json;q=0.9').form).toBe('geojson');
    expect(parse('', 'text/html,*/*').form).toBe('atom');
  });

  it.each([
    ['httpAccept=text/csv', 'httpAccept'],
    ['maximumRecords=-1', 'maximumRecords'],
    ['startPage=0', 'startPage'],
    ['startRecord=1.5', 'startRecord'],
    ['bbox=1,2,3', 'bbox'],
    ['geometry=POLYGON((1 2', 'geometry'],
    ['lat=48', 'lon'],
    ['lat=95&lon=11', 'lat'],
    ['startDate=yesterday', 'startDate'],
    ['startDate=2020-01-02&endDate=2020-01-01', 'endDate'],
    ['cloudCover=few', 'cloudCover'],
    ['sortBy=colour', 'sortBy'],
  ])('refuses %s, naming %s', (query, subject) => {
    expect(subjectOf(() => parse(query))).toBe(subject);
  });

  it('throws nothing but InvalidError, whatever comes', () => {
    const name = fc.constantFrom(
      'bbox',
      'geometry',
      'startDate',
      'cloudCover',
      'creationDate',
      'lat',
      'uid',
      'platform',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.string()), { maxLength: 4 }), (pairs) => {
        try {
          parse(new URLSearchParams(pairs).toString());
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidError);
        }
      }),
    );
  });
});
