import type { BoundingBox } from '#domain/geometry/geometry.js';
import type { Filter } from '#domain/catalog/catalog-query.js';
import { boundingBoxArea } from '#domain/geometry/bounding-box.js';
import { parseFilter } from '../fes/parse-filter.js';
import { isGml } from '../gml/parse-gml.js';
import type { XmlElement } from '../xml/xml-element.js';
import { attribute, child, childrenOf, textOf } from '../xml/xml-path.js';
import { DEFAULT_CRS, isGeographic, parseSrsName } from './feature-crs.js';
import { FEATURE_NAMES } from './feature-names.js';
import { invalidParameter } from './wfs-error.js';
import type { FeatureBox } from './wfs-request.js';

/** The longitudes and latitudes of a box of a system, as `CoordinateSystems.geographicBounds`. */
export type GeographicBounds = (crs: string, bbox: FeatureBox['bbox']) => BoundingBox | undefined;

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Products whose footprint a box touches; none where it lies off the Earth. */
export function boxFilter({ crs, bbox }: FeatureBox, boundsOf: GeographicBounds): Filter {
  const bounds = boundsOf(crs.code, bbox);
  if (bounds === undefined) return { op: 'constant', value: false };
  return { op: 'spatial', relation: 'intersects', geometry: boundingBoxArea(bounds) };
}

/**
 * A Filter of either version of Filter Encoding, as written: its names are the vocabulary's, its resource ids not looked up yet. Envelopes may be in any
 * system that is served, other geometries in longitudes and latitudes. Throws InvalidError.
 */
export function parseFeatureFilter(element: XmlElement, boundsOf: GeographicBounds): Filter {
  return parseFilter(inDegrees(element, boundsOf, 0), FEATURE_NAMES);
}

/** Deeper than this no Filter is read at all. */
const DEEPEST = 128;

/** The same tree with its Envelopes of projected systems in longitudes and latitudes, and geometries without srsName in the default one, as OGC 09-025r2 §7.6.5.5 has it. */
function inDegrees(element: XmlElement, boundsOf: GeographicBounds, depth: number): XmlElement {
  if (depth > DEEPEST) return element;
  if (isGml(element)) {
    if (attribute(element, 'srsName') === undefined) return inDefault(element);
    return element.name === 'Envelope' ? envelopeInDegrees(element, boundsOf) : element;
  }
  const children = element.children.map((node) =>
    typeof node === 'string' ? node : inDegrees(node, boundsOf, depth + 1),
  );
  return { ...element, children };
}

function inDefault(element: XmlElement): XmlElement {
  return { ...element, attributes: new Map([...element.attributes, ['srsName', DEFAULT_CRS.srsName]]) };
}

function envelopeInDegrees(element: XmlElement, boundsOf: GeographicBounds): XmlElement {
  const srsName = attribute(element, 'srsName') ?? DEFAULT_CRS.srsName;
  const crs = parseSrsName(srsName);
  if (isGeographic(crs)) return element;
  const [a, b] = cornerOf(element, 'lowerCorner');
  const [c, d] = cornerOf(element, 'upperCorner');
  const bounds = boundsOf(crs.code, crs.northFirst ? [b, a, d, c] : [a, b, c, d]);
  if (bounds === undefined) throw invalidParameter('Filter', `An Envelope lies outside what ${crs.code} is good for.`);
  const corners = childrenOf(element).map((one): XmlElement => {
    const numbers = one.name === 'lowerCorner' ? bounds.slice(0, 2) : bounds.slice(2);
    return { ...one, children: [numbers.join(' ')] };
  });
  return { ...element, attributes: new Map([['srsName', 'CRS:84']]), children: corners };
}

function cornerOf(envelope: XmlElement, name: string): readonly [number, number] {
  const words = (textOf(child(envelope, name)) ?? '').split(/\s+/);
  const [x = Number.NaN, y = Number.NaN] = words.map((word) => (NUMBER.test(word) ? Number(word) : Number.NaN));
  if (words.length === 2 && Number.isFinite(x) && Number.isFinite(y)) return [x, y];
  throw invalidParameter('Filter', `${name} of an Envelope is two numbers.`);
}
