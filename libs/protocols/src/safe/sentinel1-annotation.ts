import { InvalidError } from '#domain/errors.js';
import type { Corner } from '#domain/ports/browse-maker.js';
import { parseXml, parseXmlBytes } from '../xml/parse-xml.js';
import type { XmlElement } from '../xml/xml-element.js';
import { select, textAt, textOf } from '../xml/xml-path.js';
import { numberAt } from './manifest-facts.js';
import { withoutUndefined } from './without-undefined.js';

/** Corners of an image: first row left, first row right, last row right, last row left. */
export type ImageCorners = readonly [Corner, Corner, Corner, Corner];

/** What a Sentinel-1 Level-1 product annotation says of one image. */
export interface Sentinel1Annotation {
  readonly polarisation?: string;
  readonly swath?: string;
  /** Degrees from the vertical on the ground: mid-swath, smallest, largest. */
  readonly incidenceAngle?: number;
  readonly incidenceAngleMin?: number;
  readonly incidenceAngleMax?: number;
  /** Degrees clockwise from north. */
  readonly heading?: number;
  readonly orbitDirection?: string;
  /** GHz. */
  readonly centerFrequency?: number;
  /** Metres. */
  readonly rangeSpacing?: number;
  readonly azimuthSpacing?: number;
  readonly rows?: number;
  readonly columns?: number;
  readonly corners?: ImageCorners;
}

/** Reads `annotation/s1*.xml` (S1-RS-MDA-52-7441 §6.3). Throws InvalidError for other documents. */
export function parseSentinel1Annotation(source: string | Uint8Array): Sentinel1Annotation {
  const root = typeof source === 'string' ? parseXml(source) : parseXmlBytes(source);
  if (root.name !== 'product')
    throw new InvalidError(`The annotation is a ${root.name} document, not a Sentinel-1 product one.`);
  const points = gridPoints(root);
  const angles = points.map((point) => point.incidenceAngle).filter(Number.isFinite);
  const frequency = numberAt(root, 'generalAnnotation/productInformation/radarFrequency');
  const image = 'imageAnnotation/imageInformation';
  return withoutUndefined({
    polarisation: textAt(root, 'adsHeader/polarisation'),
    swath: textAt(root, 'adsHeader/swath'),
    incidenceAngle: numberAt(root, `${image}/incidenceAngleMidSwath`),
    incidenceAngleMin: angles.length === 0 ? undefined : Math.min(...angles),
    incidenceAngleMax: angles.length === 0 ? undefined : Math.max(...angles),
    heading: numberAt(root, 'generalAnnotation/productInformation/platformHeading'),
    orbitDirection: textAt(root, 'generalAnnotation/productInformation/pass')?.toLowerCase(),
    centerFrequency: frequency === undefined ? undefined : Number((frequency / 1e9).toFixed(6)),
    rangeSpacing: numberAt(root, `${image}/rangePixelSpacing`),
    azimuthSpacing: numberAt(root, `${image}/azimuthPixelSpacing`),
    rows: numberAt(root, `${image}/numberOfLines`),
    columns: numberAt(root, `${image}/numberOfSamples`),
    corners: cornersOf(points),
  });
}

/** Corners of the quick-look from `preview/map-overlay.kml` (`gx:LatLonQuad`: lower left first, counter-clockwise); undefined where it has none. */
export function parseMapOverlay(source: string | Uint8Array): ImageCorners | undefined {
  const root = typeof source === 'string' ? parseXml(source) : parseXmlBytes(source);
  const [quad] = select(root, '//LatLonQuad/coordinates');
  const numbers = (textOf(quad) ?? '').split(/[\s,]+/).map(Number);
  if (numbers.length !== 8 || !numbers.every(Number.isFinite)) return undefined;
  const at = (i: number): Corner => [numbers[2 * i]!, numbers[2 * i + 1]!];
  return [at(3), at(2), at(1), at(0)];
}

interface GridPoint {
  readonly line: number;
  readonly pixel: number;
  readonly place: Corner;
  readonly incidenceAngle: number;
}

function gridPoints(root: XmlElement): readonly GridPoint[] {
  return select(root, 'geolocationGrid/geolocationGridPointList/geolocationGridPoint').map((point) => {
    const value = (name: string) => numberAt(point, name) ?? NaN;
    return {
      line: value('line'),
      pixel: value('pixel'),
      place: [value('longitude'), value('latitude')],
      incidenceAngle: value('incidenceAngle'),
    };
  });
}

function cornersOf(points: readonly GridPoint[]): ImageCorners | undefined {
  const lines = points.map(({ line }) => line);
  const pixels = points.map(({ pixel }) => pixel);
  const at = (line: number, pixel: number) =>
    points.find((point) => point.line === line && point.pixel === pixel)?.place;
  const [top, bottom] = [Math.min(...lines), Math.max(...lines)];
  const [left, right] = [Math.min(...pixels), Math.max(...pixels)];
  const [a, b, c, d] = [at(top, left), at(top, right), at(bottom, right), at(bottom, left)];
  return a && b && c && d ? [a, b, c, d] : undefined;
}
