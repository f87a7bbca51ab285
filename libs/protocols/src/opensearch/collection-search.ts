import type { CollectionSummary } from '#domain/ports/product-catalog.js';
import { InvalidError } from '#domain/errors.js';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import { parseBboxText } from '../geojson/parse-bbox.js';
import type { Kvp } from '../ows/kvp.js';
import { parseDatedParameter } from './dated-parameter.js';
import { parseParentIdentifier } from './product-identifier.js';
import { parseResponseForm } from './response-form.js';
import { parsePage } from './search-page.js';
import { givenParameters } from './search-parameters.js';
import { parseSearchTerm } from './search-term.js';

/** The parameters of a search for collections. */
export const COLLECTION_PARAMETERS = [
  'query',
  'maximumRecords',
  'startRecord',
  'startPage',
  'startDate',
  'endDate',
  'bbox',
  'uid',
  'platform',
  'platformSerialIdentifier',
  'instrument',
  'sensorType',
  'productType',
  'processingLevel',
] as const;

/** The first of the two steps (CEOS-BP-001): which collections there are. */
export interface CollectionRequest {
  readonly form: 'atom' | 'geojson';
  readonly count: number;
  readonly offset: number;
  readonly given: ReadonlyMap<string, string>;
  readonly matches: (summary: CollectionSummary) => boolean;
}

type Condition = (summary: CollectionSummary) => boolean;

/** True where a request names the first step by `type=collection`. */
export function isCollectionSearch(kvp: Kvp): boolean {
  return kvp.get('TYPE')?.toLowerCase() === 'collection';
}

/** Reads a search for collections. Throws InvalidError naming the parameter. */
export function parseCollectionSearch(kvp: Kvp, accept?: string): CollectionRequest {
  const form = parseResponseForm(kvp.get('HTTPACCEPT'), accept);
  if (form !== 'atom' && form !== 'geojson') {
    throw new InvalidError('httpAccept: collections are listed as application/atom+xml or application/geo+json', {
      subject: 'httpAccept',
    });
  }
  const names: ReadonlySet<string> = new Set(COLLECTION_PARAMETERS);
  const given = new Map([...givenParameters(kvp)].filter(([name]) => names.has(name)));
  const conditions = [...given].flatMap(([name, text]) => {
    const condition = CONDITIONS[name]?.(text);
    return condition === undefined ? [] : [condition];
  });
  return { form, ...parsePage(given), given, matches: (summary) => conditions.every((holds) => holds(summary)) };
}

const CONDITIONS: Readonly<Record<string, (text: string) => Condition>> = {
  query: (text) => {
    const words = text.toLowerCase().split(/\s+/).slice(0, 64);
    return ({ collection }) => {
      const { id, shortName, title, description, keywords } = collection;
      const all = [id, shortName, title, description, ...keywords].join(' ').toLowerCase();
      return words.every((word) => all.includes(word.replaceAll(/["*]/g, '')));
    };
  },
  uid: (text) => {
    const wanted = parseParentIdentifier(text).toLowerCase();
    return ({ collection }) => [collection.id, collection.shortName].some((name) => name.toLowerCase() === wanted);
  },
  bbox: (text) => {
    const box = parseBboxText(text);
    return ({ collection, bbox }) => boxesMeet(box, bbox ?? collection.bbox);
  },
  startDate: (text) => {
    const { start } = parseDatedParameter(text, 'startDate');
    return ({ acquiredTo }) => acquiredTo === undefined || acquiredTo >= start;
  },
  endDate: (text) => {
    const { end } = parseDatedParameter(text, 'endDate');
    return ({ acquiredFrom, collection }) => (acquiredFrom ?? new Date(collection.temporalStart)) <= end;
  },
  platform: oneOf(({ collection }) => [collection.mission]),
  platformSerialIdentifier: oneOf(({ collection }) => collection.platforms),
  instrument: oneOf(({ collection }) => [collection.instrument]),
  sensorType: oneOf(({ collection }) => [collection.sensorType]),
  productType: oneOf(({ collection }) => collection.productTypes),
  processingLevel: oneOf(({ collection }) => [collection.processingLevel]),
};

/** Any of the values given, in any case. */
function oneOf(valuesOf: (summary: CollectionSummary) => readonly string[]): (text: string) => Condition {
  return (text) => {
    const term = parseSearchTerm(text);
    const wanted = new Set(term.kind === 'values' ? term.values.map((value) => value.toLowerCase()) : []);
    return (summary) => valuesOf(summary).some((value) => wanted.has(value.toLowerCase()));
  };
}

/** Boxes with west > east cross the antimeridian. */
function boxesMeet(a: BoundingBox, b: BoundingBox): boolean {
  if (a[1] > b[3] || b[1] > a[3]) return false;
  const parts = (box: BoundingBox): readonly (readonly [number, number])[] =>
    box[0] <= box[2]
      ? [[box[0], box[2]]]
      : [
          [box[0], 180],
          [-180, box[2]],
        ];
  return parts(a).some(([west, east]) => parts(b).some(([from, to]) => west <= to && from <= east));
}
