import { describe, expect, it } from '@jest/globals';
import type { Filter } from '#domain/catalog/catalog-query.js';
import { SENTINEL_COLLECTIONS } from '#domain/collection/sentinel-collections.js';
import { InvalidError } from '#domain/errors.js';
import { compileODataFilter } from './compile-odata-filter.js';
import { parseODataExpression } from './parse-odata-expression.js';
import { productVocabulary } from './product-vocabulary.js';

const VOCABULARY = productVocabulary(SENTINEL_COLLECTIONS);
const filterOf = (text: string): Filter => compileODataFilter(parseODataExpression(text), VOCABULARY);
const idsOf = (mission: string): readonly string[] =>
  SENTINEL_COLLECTIONS.filter((collection) => collection.mission === mission).map(({ id }) => id);
const at = (text: string): Date => new Date(text);
const DAY = at('2019-05-15T00:00:00.000Z');
const SQUARE = {
  type: 'Polygon',
  coordinates: [
    [
      [12, 47],
      [21, 48],
      [17, 40],
      [12, 47],
    ],
  ],
};

describe('$filter of Products', () => {
  it.each<[string, unknown]>([
    ["Name eq 'S2A_X.SAFE'", { op: 'eq', property: 'id', value: 'S2A_X' }],
    ["Name eq 'S2A_X'", { op: 'eq', property: 'id', value: 'S2A_X' }],
    ["contains(Name,'S1A_EW_GRD')", { op: 'like', property: 'id', pattern: '%S1A\\_EW\\_GRD%' }],
    ["startswith(Name,'S2')", { op: 'like', property: 'id', pattern: 'S2%' }],
    ["contains(tolower(Name),'s2a')", { op: 'like', property: 'id', pattern: '%s2a%', caseInsensitive: true }],
    ["contains(tolower(Name),'S2A')", { op: 'constant', value: false }],
    ["Collection/Name eq 'SENTINEL-2'", { op: 'in', property: 'collection', values: idsOf('Sentinel-2') }],
    ["Collection/Name eq 'LANDSAT-8'", { op: 'constant', value: false }],
    ["Collection/Name eq 'sentinel-2-l1c'", { op: 'in', property: 'collection', values: ['sentinel-2-l1c'] }],
    ['PublicationDate gt 2019-05-15T00:00:00.000Z', { op: 'gt', property: 'published', value: DAY }],
    ["PublicationDate ge '2019-05-15'", { op: 'ge', property: 'published', value: DAY }],
    ["PublicationDate ge datetime'2019-05-15T00:00:00'", { op: 'ge', property: 'published', value: DAY }],
    ['ModificationDate le 2019-05-15', { op: 'le', property: 'updated', value: DAY }],
    ['2019-05-15T00:00:00Z lt ContentDate/End', { op: 'gt', property: 'acquiredTo', value: DAY }],
    ['contentdate/start eq 2019-05-15T00:00:00.000000001Z', { op: 'constant', value: false }],
    ['ContentDate/Start ge 2019-05-15T00:00:00.000001Z', { op: 'gt', property: 'acquiredFrom', value: DAY }],
    ['Online eq True', { op: 'eq', property: 'online', value: 'online' }],
    ['Online eq false', { op: 'ne', property: 'online', value: 'online' }],
    ['Online', { op: 'eq', property: 'online', value: 'online' }],
    [
      'Id eq 05EDF2BB-d103-49f1-a677-9e474138d84f',
      { op: 'eq', property: 'uuid', value: '05edf2bb-d103-49f1-a677-9e474138d84f' },
    ],
    [
      "Id eq '05edf2bb-d103-49f1-a677-9e474138d84f'",
      { op: 'eq', property: 'uuid', value: '05edf2bb-d103-49f1-a677-9e474138d84f' },
    ],
    ["Name in ('A.SAFE','B.SEN3','C.nc')", { op: 'in', property: 'id', values: ['A', 'B', 'C'] }],
    ["(Name eq 'A' or Name eq 'B') or Name eq 'C'", { op: 'in', property: 'id', values: ['A', 'B', 'C'] }],
    ['ContentLength eq null', { op: 'isNull', property: 'size' }],
    ['ContentLength ne null', { op: 'not', arg: { op: 'isNull', property: 'size' } }],
    ["contains(Name,'S2') eq true", { op: 'like', property: 'id', pattern: '%S2%' }],
    ["substringof('S2',Name)", { op: 'like', property: 'id', pattern: '%S2%' }],
    ["contains(Name,'it''s 100%')", { op: 'like', property: 'id', pattern: "%it's 100\\%%" }],
    [
      "OData.CSC.Intersects(area=geography'SRID=4326;POLYGON((12 47,21 48,17 40,12 47))')",
      { op: 'spatial', relation: 'intersects', geometry: SQUARE },
    ],
    [
      "OData.CSC.Intersects(location=Footprint,area=geography'POLYGON ((12 47, 21 48, 17 40, 12 47))')",
      { op: 'spatial', relation: 'intersects', geometry: SQUARE },
    ],
    [
      "geo.intersects(Footprint,geography'SRID=4326;POINT(-0.5 28.6)')",
      { op: 'spatial', relation: 'intersects', geometry: { type: 'Point', coordinates: [-0.5, 28.6] } },
    ],
    [
      "not contains(Name,'S2') and ContentDate/Start gt 2019-05-15T00:00:00.000Z",
      {
        op: 'and',
        args: [
          { op: 'not', arg: { op: 'like', property: 'id', pattern: '%S2%' } },
          { op: 'gt', property: 'acquiredFrom', value: DAY },
        ],
      },
    ],
  ])('reads %s', (text, expected) => expect(filterOf(text)).toEqual(expected));

  it.each<[string, unknown]>([
    [
      "Attributes/OData.CSC.DoubleAttribute/any(att:att/Name eq 'cloudCover' and att/OData.CSC.DoubleAttribute/Value le 40.00)",
      { op: 'le', property: 'cloudCover', value: 40 },
    ],
    // The short form: any name of the variable, no cast.
    [
      "Attributes/any(i0:i0/Name eq 'productType' and i0/Value eq 'RAW')",
      { op: 'eq', property: 'productType', value: 'RAW' },
    ],
    [
      "Attributes/OData.CSC.StringAttribute/any(att:att/Name eq 'orbitDirection' and att/OData.CSC.StringAttribute/Value eq 'ASCENDING')",
      { op: 'eq', property: 'orbitDirection', value: 'ascending' },
    ],
    // Types mixed as eodag sends them; the catalogue reads the literal as the property's type.
    [
      "Attributes/OData.CSC.IntegerAttribute/any(att:att/Name eq 'relativeOrbitNumber' and att/OData.CSC.StringAttribute/Value eq 108)",
      { op: 'eq', property: 'relativeOrbit', value: 108 },
    ],
    [
      "Attributes/OData.CSC.IntegerAttribute/any(att:att/Name eq 'spatialResolution' and att/OData.CSC.IntegerAttribute/Value eq '10')",
      { op: 'eq', property: 'resolution', value: '10' },
    ],
    [
      "Attributes/OData.CSC.StringAttribute/any(att:att/Name eq 'processingDate' and att/OData.CSC.StringAttribute/Value eq '2019-05-15T00:00:00.000000Z')",
      { op: 'eq', property: 'processed', value: DAY },
    ],
    [
      "Attributes/OData.CSC.StringAttribute/any(a:a/Name eq 'polarisationChannels' and a/OData.CSC.StringAttribute/Value eq 'VV&VH')",
      {
        op: 'and',
        args: [
          { op: 'eq', property: 'polarisations', value: 'VV' },
          { op: 'eq', property: 'polarisations', value: 'VH' },
        ],
      },
    ],
    [
      "Attributes/OData.CSC.StringAttribute/any(att:att/Name eq 'platformSerialIdentifier' and att/Value eq 'A')",
      { op: 'like', property: 'platform', pattern: 'sentinel-_a', caseInsensitive: true },
    ],
    [
      "attributes/OData.CSC.StringAttribute/any(att:att/Name eq 'processingLevel' and (att/Value eq 'S2MSI1C' or att/Value eq 'LEVEL1'))",
      { op: 'in', property: 'processingLevel', values: ['L1C', 'L1'] },
    ],
    [
      "Attributes/any(a:(a/Name eq 'cloudCover' or a/Name eq 'snowCover') and a/Value ge 10 and a/Value lt 20)",
      {
        op: 'or',
        args: ['cloudCover', 'snowCover'].map((property) => ({
          op: 'and',
          args: [
            { op: 'ge', property, value: 10 },
            { op: 'lt', property, value: 20 },
          ],
        })),
      },
    ],
    ["Attributes/any(a:a/Name eq 'cloudCover')", { op: 'not', arg: { op: 'isNull', property: 'cloudCover' } }],
    // What has no cloud cover is none of those that are cloudy.
    [
      "not Attributes/any(a:a/Name eq 'cloudCover' and a/Value gt 50)",
      {
        op: 'not',
        arg: {
          op: 'and',
          args: [
            { op: 'not', arg: { op: 'isNull', property: 'cloudCover' } },
            { op: 'gt', property: 'cloudCover', value: 50 },
          ],
        },
      },
    ],
    // Nobody's vocabulary: as a producer may have said it.
    [
      "Attributes/OData.CSC.StringAttribute/any(att:att/Name eq 'datastripId' and att/OData.CSC.StringAttribute/Value eq 'DS_1')",
      { op: 'eq', property: 'extra:datastripId', value: 'DS_1' },
    ],
  ])('reads %s', (text, expected) => expect(filterOf(text)).toEqual(expected));

  const REFUSED: readonly (readonly [text: string, message: string])[] = [
    ["Name eq 'open", 'is not closed'],
    ['Name eq', 'value or a property is missing'],
    ["Name eq 'A' and", 'value or a property is missing'],
    ["(Name eq 'A'", '")" is missing'],
    ["Name eq 'A')", 'should end'],
    ["Name = 'A'", 'should end'],
    ['Name eq S2A_X', 'texts are quoted'],
    ["Colour eq 'red'", 'no property Colour'],
    ["Attributes/any(a:a/Value eq 'RAW')", 'does not say which'],
    ["Attributes/all(a:a/Name eq 'x')", 'any(…)'],
    ["Products/any(a:a/Name eq 'x')", 'no collection Products'],
    ['PublicationDate gt 2019-02-30', 'is not a date'],
    ['PublicationDate gt 5', 'is no date'],
    ["Id eq 'X'", 'is no UUID'],
    ["Online eq 'perhaps'", 'true or false'],
    ['length(Name) gt 5', 'cannot be compared'],
    ["OData.CSC.Intersects(area=geography'SRID=3857;POINT(1 2)')", 'SRID 3857'],
    ["OData.CSC.Intersects(area=geography'POLYGON((1 2')", 'geometry'],
    ['OData.CSC.Intersects(Footprint)', 'one area'],
    ['Name eq \u0000', 'cannot be read'],
    [`${'('.repeat(5000)}Name eq 'A'${')'.repeat(5000)}`, 'nested deeper'],
    [`${'not '.repeat(5000)}Online`, 'nested deeper'],
    [Array.from({ length: 10_000 }, (_, index) => `ContentLength gt ${index}`).join(' and '), 'too many parts'],
  ];
  it.each(REFUSED.map(([text, message]) => [text.slice(0, 60), text, message]))(
    'refuses %s',
    (_shown, text, message) => {
      expect(() => filterOf(text)).toThrow(InvalidError);
      expect(() => filterOf(text)).toThrow(message);
    },
  );

  it('knows the extension a name ends in', () => {
    const like = (pattern: string): Filter => ({ op: 'like', property: 'id', pattern });
    expect(filterOf("endswith(Name,'_X.SEN3')")).toEqual({
      op: 'or',
      args: [like('%\\_X.SEN3'), { op: 'and', args: [like('%\\_X'), like('S3%')] }],
    });
    expect(filterOf("endswith(Name,'.nc')")).toEqual({ op: 'or', args: [like('%.nc'), like('S5P%')] });
  });
});
