import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Filter } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import { parseXml } from '../xml/parse-xml.js';
import { el } from '../xml/xml-element.js';
import { writeElement } from '../xml/write-xml.js';
import type { FilterNames } from './filter-names.js';
import { parseFilter } from './parse-filter.js';

const NAMES: FilterNames = {
  property: (name) => name,
  geometry: (name) => {
    if (name !== undefined && name !== 'box') throw new InvalidError('no geometry', { subject: name });
  },
};
const VERSIONS = [
  ['1.1', 'http://www.opengis.net/ogc', 'PropertyName', 'http://www.opengis.net/gml'],
  ['2.0', 'http://www.opengis.net/fes/2.0', 'ValueReference', 'http://www.opengis.net/gml/3.2'],
] as const;
const POINT = { type: 'Point', coordinates: [1, 2] } as const;

describe.each(VERSIONS)('parseFilter (Filter Encoding %s)', (_version, namespace, reference, gml) => {
  const read = (body: string): Filter =>
    parseFilter(
      parseXml(
        `<f:Filter xmlns:f="${namespace}" xmlns:gml="${gml}">${body.replaceAll(/\$(\w+);/g, `<f:${reference}>$1</f:${reference}>`)}</f:Filter>`,
      ),
      NAMES,
    );
  const point = '<gml:Point><gml:pos>1 2</gml:pos></gml:Point>';
  const equal = '<f:PropertyIsEqualTo>$a;<f:Literal>1</f:Literal></f:PropertyIsEqualTo>';
  const a: Filter = { op: 'eq', property: 'a', value: '1' };

  it.each<[string, Filter]>([
    [equal, a],
    ['<f:PropertyIsNotEqualTo matchCase="false">$a;<f:Literal>x</f:Literal></f:PropertyIsNotEqualTo>', { op: 'ne', property: 'a', value: 'x', caseInsensitive: true }],
    ['<f:PropertyIsLessThanOrEqualTo>$a;<f:Literal>1</f:Literal></f:PropertyIsLessThanOrEqualTo>', { op: 'le', property: 'a', value: '1' }],
    ['<f:PropertyIsLike wildCard="*" singleChar="." escapeChar="!">$a;<f:Literal>50%*!*.</f:Literal></f:PropertyIsLike>', { op: 'like', property: 'a', pattern: String.raw`50\%%*_` }],
    ['<f:PropertyIsBetween>$a;<f:LowerBoundary><f:Literal>1</f:Literal></f:LowerBoundary><f:UpperBoundary><f:Literal>2</f:Literal></f:UpperBoundary></f:PropertyIsBetween>', { op: 'between', property: 'a', lower: '1', upper: '2' }],
    ['<f:PropertyIsNull>$a;</f:PropertyIsNull>', { op: 'isNull', property: 'a' }],
    [`<f:And>${equal}<f:Or>${equal}${equal}</f:Or></f:And>`, { op: 'and', args: [a, { op: 'or', args: [a, a] }] }],
    [`<f:Not>${equal}</f:Not>`, { op: 'or', args: [{ op: 'not', arg: a }, { op: 'isNull', property: 'a' }] }],
    [`<f:Not><f:Not>${equal}</f:Not></f:Not>`, { op: 'and', args: [a, { op: 'not', arg: { op: 'isNull', property: 'a' } }] }],
    [`<f:Intersects>$box;${point}</f:Intersects>`, { op: 'spatial', relation: 'intersects', geometry: POINT }],
    [`<f:BBOX>${point}</f:BBOX>`, { op: 'spatial', relation: 'intersects', geometry: POINT }],
    [`<f:DWithin>$box;${point}<f:Distance uom="km" units="km">2</f:Distance></f:DWithin>`, { op: 'distance', geometry: POINT, distance: 2000 }],
    ['<f:During>$t;<gml:TimePeriod><gml:beginPosition>2024</gml:beginPosition><gml:endPosition>2025</gml:endPosition></gml:TimePeriod></f:During>', { op: 'between', property: 't', lower: '2024', upper: '2025' }],
    ['<f:ResourceId rid="x"/><f:ResourceId rid="y"/>', { op: 'in', property: 'dc:identifier', values: ['x', 'y'] }],
  ])('reads %.80s', (body, filter) => {
    expect(read(body)).toEqual(filter);
  }); // prettier-ignore

  it.each([
    '',
    `${equal}${equal}`,
    '<f:Nothing/>',
    '<f:And/>',
    '<f:PropertyIsEqualTo>$a;</f:PropertyIsEqualTo>',
    '<f:PropertyIsEqualTo>$a;<f:Function name="x"/></f:PropertyIsEqualTo>',
    `<f:Intersects>$title;${point}</f:Intersects>`,
    '<f:BBOX>$box;</f:BBOX>',
    '<PropertyIsNull xmlns="urn:x"/>',
    `${'<f:Not>'.repeat(100)}${equal}${'</f:Not>'.repeat(100)}`,
    `<f:Or>${equal.repeat(3000)}</f:Or>`,
  ])('refuses %.60s', (body) => {
    expect(() => read(body)).toThrow(InvalidError);
  });

  it('reads every literal as it was', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).map((text) => text.replaceAll('$', '').trim()),
        (value) => {
          const body = writeElement(
            el('f:PropertyIsEqualTo', {}, el(`f:${reference}`, {}, 'a'), el('f:Literal', {}, value)),
          );
          expect(read(body)).toEqual({ op: 'eq', property: 'a', value });
        },
      ),
    );
  });
});
