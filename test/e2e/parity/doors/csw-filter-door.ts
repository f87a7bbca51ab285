import type { Filter, Literal } from '#domain/catalog/catalog-query.js';
import type { Geometry } from '#domain/geometry/geometry.js';
import { writeXml } from '#protocols/xml/write-xml.js';
import { el, type XmlMarkup } from '#protocols/xml/xml-element.js';
import { boxOf, nameIn, parentIdentifier } from '../door-names.js';
import { NoWords, sayable, type Door, type DoorRequest } from '../door.js';
import { conditionsOf, type Question } from '../question.js';
import { speak, type Language } from '../speak.js';
import { readRecords } from './csw-cql-door.js';

/** What differs between Filter Encoding 1.1 in CSW 2.0.2 and Filter Encoding 2.0 in CSW 3.0. */
interface Dialect {
  readonly version: '2.0.2' | '3.0.0';
  readonly csw: string;
  readonly fes: string;
  readonly reference: string;
  readonly gml: string;
}

const FILTER_1_1: Dialect = {
  version: '2.0.2',
  csw: 'http://www.opengis.net/cat/csw/2.0.2',
  fes: 'http://www.opengis.net/ogc',
  reference: 'fes:PropertyName',
  gml: 'http://www.opengis.net/gml',
};

const FILTER_2_0: Dialect = {
  version: '3.0.0',
  csw: 'http://www.opengis.net/cat/csw/3.0',
  fes: 'http://www.opengis.net/fes/2.0',
  reference: 'fes:ValueReference',
  gml: 'http://www.opengis.net/gml/3.2',
};

const COMPARISONS = {
  eq: 'PropertyIsEqualTo',
  ne: 'PropertyIsNotEqualTo',
  lt: 'PropertyIsLessThan',
  le: 'PropertyIsLessThanOrEqualTo',
  gt: 'PropertyIsGreaterThan',
  ge: 'PropertyIsGreaterThanOrEqualTo',
} as const;

/** CSW 2.0.2 GetRecords by POST with Filter 1.1. */
export const cswFilter11Door = filterDoor('CSW 2.0.2 Filter 1.1', FILTER_1_1);
/** CSW 3.0 GetRecords by POST with Filter 2.0. */
export const cswFilter20Door = filterDoor('CSW 3.0 Filter 2.0', FILTER_2_0);

function filterDoor(name: string, dialect: Dialect): Door {
  return {
    name,
    ask: (question) => sayable(() => request(question, new FilterWriter(dialect), dialect)),
    read: readRecords,
  };
}

function request(question: Question, writer: FilterWriter, dialect: Dialect): DoorRequest {
  const { collections, limit, offset, sort } = question;
  const parents = (collections ?? []).map((id) =>
    writer.compared('PropertyIsEqualTo', 'apiso:ParentIdentifier', parentIdentifier(id)),
  );
  const conditions = [
    writer.compared('PropertyIsEqualTo', 'apiso:Type', 'dataset'),
    ...(parents.length > 1 ? [el('fes:Or', {}, ...parents)] : parents),
    ...conditionsOf(question).map((filter) => writer.write(filter)),
  ];
  const keys = sort.map(({ property, direction }) =>
    el(
      'fes:SortProperty',
      {},
      el(dialect.reference, {}, queryable(property)),
      el('fes:SortOrder', {}, direction === 'asc' ? 'ASC' : 'DESC'),
    ),
  );
  const body = el(
    'csw:GetRecords',
    {
      'xmlns:csw': dialect.csw,
      'xmlns:fes': dialect.fes,
      'xmlns:gml': dialect.gml,
      'xmlns:apiso': 'http://www.opengis.net/cat/csw/apiso/1.0',
      'xmlns:ows': dialect.version === '2.0.2' ? 'http://www.opengis.net/ows' : 'http://www.opengis.net/ows/2.0',
      service: 'CSW',
      version: dialect.version,
      resultType: dialect.version === '2.0.2' ? 'results' : undefined,
      startPosition: offset + 1,
      maxRecords: limit,
    },
    el(
      'csw:Query',
      { typeNames: 'csw:Record' },
      el('csw:ElementSetName', {}, 'brief'),
      el(
        'csw:Constraint',
        { version: dialect.version === '2.0.2' ? '1.1.0' : '2.0.0' },
        el('fes:Filter', {}, conditions.length === 1 ? conditions : el('fes:And', {}, ...conditions)),
      ),
      el('fes:SortBy', {}, ...keys),
    ),
  );
  return {
    path: '/csw',
    init: { method: 'POST', headers: { 'content-type': 'application/xml' }, body: writeXml(body) },
  };
}

function queryable(property: string): string {
  return `apiso:${nameIn('csw', property)}`;
}

class FilterWriter {
  constructor(private readonly dialect: Dialect) {}

  write(filter: Filter): XmlMarkup {
    return speak(filter, this.language);
  }

  private readonly language: Language<XmlMarkup> = {
    joined: ({ op, args }) => el(op === 'and' ? 'fes:And' : 'fes:Or', {}, ...args.map((arg) => this.write(arg))),
    not: ({ arg }) => el('fes:Not', {}, this.write(arg)),
    compared: ({ op, property, value }) => this.compared(COMPARISONS[op], queryable(property), value),
    in: ({ property, values }) =>
      this.write({ op: 'or', args: values.map((value) => ({ op: 'eq', property, value })) }),
    between: ({ property, lower, upper }) =>
      el(
        'fes:PropertyIsBetween',
        {},
        this.reference(queryable(property)),
        el('fes:LowerBoundary', {}, this.literal(lower)),
        el('fes:UpperBoundary', {}, this.literal(upper)),
      ),
    like: ({ property, pattern }) =>
      el(
        'fes:PropertyIsLike',
        { wildCard: '%', singleChar: '_', escapeChar: '\\' },
        this.reference(queryable(property)),
        this.literal(pattern),
      ),
    spatial: ({ geometry }) => this.area(geometry),
  };

  compared(operator: string, reference: string, value: Literal): XmlMarkup {
    return el(`fes:${operator}`, {}, this.reference(reference), this.literal(value));
  }

  private reference(name: string): XmlMarkup {
    return el(this.dialect.reference, {}, name);
  }

  private literal(value: Literal): XmlMarkup {
    return el('fes:Literal', {}, value instanceof Date ? value.toISOString() : String(value));
  }

  /** Latitude first, as the URN of EPSG:4326 has it. */
  private area(geometry: Geometry): XmlMarkup {
    const box = boxOf(geometry);
    const srsName = 'urn:ogc:def:crs:EPSG::4326';
    if (box !== undefined) {
      const [west, south, east, north] = box;
      return el(
        'fes:BBOX',
        {},
        this.reference('ows:BoundingBox'),
        el(
          'gml:Envelope',
          { srsName },
          el('gml:lowerCorner', {}, `${south} ${west}`),
          el('gml:upperCorner', {}, `${north} ${east}`),
        ),
      );
    }
    return el('fes:Intersects', {}, this.reference('ows:BoundingBox'), this.shape(geometry, srsName));
  }

  private shape(geometry: Geometry, srsName: string): XmlMarkup {
    const id = this.dialect.version === '3.0.0' ? { 'gml:id': 'g1' } : {};
    if (geometry.type === 'Point') {
      const [x, y] = geometry.coordinates;
      return el('gml:Point', { ...id, srsName }, el('gml:pos', {}, `${y} ${x}`));
    }
    if (geometry.type !== 'Polygon') throw new NoWords(geometry.type);
    const positions = (geometry.coordinates[0] ?? []).map(([x, y]) => `${y} ${x}`).join(' ');
    return el(
      'gml:Polygon',
      { ...id, srsName },
      el('gml:exterior', {}, el('gml:LinearRing', {}, el('gml:posList', {}, positions))),
    );
  }
}
