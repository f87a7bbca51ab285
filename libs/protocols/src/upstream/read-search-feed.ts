import { InvalidError } from '#domain/errors.js';
import type { Geometry, Position } from '#domain/geometry/geometry.js';
import type { XmlElement } from '../xml/xml-element.js';
import { attribute, childrenOf, descendants, textAt, textOf } from '../xml/xml-path.js';
import { parseProductIdentifier } from '../opensearch/product-identifier.js';
import { parseWkt } from '../wkt/parse-wkt.js';
import { upstreamProperties } from './upstream-properties.js';
import { bareRecord, readEach, upstreamRecord, type UpstreamRecord, type UpstreamRecords } from './upstream-record.js';

/** A page of an OpenSearch answer. */
export interface SearchFeed extends UpstreamRecords {
  /** Where the next page is. */
  readonly next?: string;
  /** Description documents of collections, the first of two steps (OGC 13-026r9 §"two-step"). */
  readonly descriptions: readonly string[];
  /** Entries of any kind. */
  readonly size: number;
  readonly total?: number;
}

const DESCRIPTION = /^application\/opensearchdescription\+xml/i;
/** O&M (OGC 10-157r4) and other names of what EO parameters say. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  cloudCoverPercentage: 'cloudCover',
  snowCoverPercentage: 'snowCover',
  operationalMode: 'sensorMode',
  swathIdentifier: 'swathIdentifier',
  processingDate: 'processingDate',
};

/** Reads an Atom feed (RFC 4287) with Dublin Core, GeoRSS, EO elements or O&M in its entries. Throws InvalidError where it is none; a bad entry is a failure. */
export function readAtomFeed(feed: XmlElement): SearchFeed {
  if (feed.name !== 'feed') throw new InvalidError(`The answer is no Atom feed but ${feed.qname}.`);
  const entries = childrenOf(feed, 'entry');
  const isCollection = (entry: XmlElement): boolean => descriptionOf(entry) !== undefined;
  const next = linkOf(feed, (link) => attribute(link, 'rel') === 'next');
  const total = Number(textAt(feed, 'totalResults') ?? Number.NaN);
  return {
    ...readEach(
      entries.filter((entry) => !isCollection(entry)),
      nameOf,
      readEntry,
    ),
    ...(next === undefined ? {} : { next }),
    descriptions: entries.filter(isCollection).flatMap((entry) => descriptionOf(entry) ?? []),
    size: entries.length,
    ...(Number.isSafeInteger(total) ? { total } : {}),
  };
}

function linkOf(element: XmlElement, matches: (link: XmlElement) => boolean): string | undefined {
  const link = childrenOf(element, 'link').find((candidate) => matches(candidate));
  return attribute(link, 'href');
}

/** A product may name its collection's description too, by another relation. */
function descriptionOf(entry: XmlElement): string | undefined {
  const leadsOn = (link: XmlElement): boolean => attribute(link, 'rel') === 'search';
  return linkOf(entry, (link) => leadsOn(link) && DESCRIPTION.test(attribute(link, 'type') ?? ''));
}

function downloadOf(entry: XmlElement): string | undefined {
  return linkOf(entry, (link) => attribute(link, 'rel') === 'enclosure');
}

function nameOf(entry: XmlElement): string {
  return textAt(entry, 'identifier') ?? textAt(entry, 'title') ?? textAt(entry, 'id') ?? 'unnamed';
}

function readEntry(entry: XmlElement): UpstreamRecord {
  const identifier = textAt(entry, 'identifier') ?? textAt(entry, 'id');
  if (identifier === undefined) throw new InvalidError('The entry has neither dc:identifier nor atom:id.');
  const download = downloadOf(entry);
  const quicklook = pictureOf(entry);
  const updated = textAt(entry, 'updated');
  const title = textAt(entry, 'title');
  return upstreamRecord({
    record: {
      ...bareRecord(parseProductIdentifier(identifier) === '' ? identifier : parseProductIdentifier(identifier)),
      ...(title === undefined ? {} : { title }),
      properties: upstreamProperties('opensearch', valuesOf(entry)),
      onlineResources: download === undefined ? [] : [{ href: download, use: 'download' }],
      ...temporalOf(entry),
      ...(quicklook === undefined ? {} : { quicklook }),
      ...(updated === undefined ? {} : { modified: updated }),
    },
    geometry: geometryOf(entry),
    modified: updated === undefined ? undefined : new Date(updated),
  });
}

/** `dc:date` as an instant or an interval, else the acquisition of O&M or of the time extension. */
function temporalOf(entry: XmlElement) {
  const date = textAt(entry, 'date')?.split('/') ?? [];
  const period = descendants(entry, 'phenomenonTime')[0] ?? entry;
  const start = firstOf(date[0], first(period, 'beginPosition'), first(entry, 'start'));
  const end = firstOf(date[1], first(period, 'endPosition'), first(entry, 'end'), start);
  return start === undefined ? {} : { temporal: { start, ...(end === undefined ? {} : { end }) } };
}

function firstOf(...texts: readonly (string | undefined)[]): string | undefined {
  return texts.find((text) => text !== undefined && text !== '');
}

function first(element: XmlElement, name: string): string | undefined {
  return descendants(element, name).flatMap((found) => textOf(found) ?? [])[0];
}

function valuesOf(entry: XmlElement): readonly (readonly [string, unknown])[] {
  const values: (readonly [string, unknown])[] = [];
  const left = [...childrenOf(entry)];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const inside = childrenOf(next);
    if (inside.length === 0) values.push([OTHER_NAMES[next.name] ?? next.name, textOf(next)]);
    left.push(...inside);
  }
  return values.toReversed();
}

function pictureOf(entry: XmlElement): string | undefined {
  const icon = linkOf(entry, (link) => attribute(link, 'rel') === 'icon');
  const media = descendants(entry, 'content').find((content) =>
    /QUICKLOOK|BROWSE/i.test(textAt(content, 'category') ?? ''),
  );
  return icon ?? attribute(media, 'url');
}

/** GeoRSS (latitude, longitude): every polygon, else `where`'s WKT, else the box. */
function geometryOf(entry: XmlElement): Geometry | undefined {
  const rings = childrenOf(entry, 'polygon').map((polygon) => positions(textOf(polygon) ?? ''));
  const [only] = rings;
  if (rings.length === 1 && only !== undefined) return { type: 'Polygon', coordinates: [only] };
  if (rings.length > 1) return { type: 'MultiPolygon', coordinates: rings.map((ring) => [ring]) };
  const wkt = childrenOf(entry, 'spatial').flatMap((found) => textOf(found) ?? [])[0];
  if (wkt !== undefined && /^\s*(MULTI)?POLYGON/i.test(wkt)) return parseWkt(wkt).geometry;
  const [corner, opposite] = positions(textAt(entry, 'box') ?? '');
  if (corner === undefined || opposite === undefined) return undefined;
  const [west, south] = corner;
  const [east, north] = opposite;
  return {
    type: 'Polygon',
    coordinates: [[corner, [east, south], opposite, [west, north], corner]],
  };
}

function positions(text: string): Position[] {
  const numbers = text
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  if (text.trim() === '') return [];
  if (numbers.length % 2 > 0 || numbers.some((number) => !Number.isFinite(number)))
    throw new InvalidError('The GeoRSS positions are no pairs of numbers.');
  return Array.from({ length: numbers.length / 2 }, (_, at): Position => [numbers[2 * at + 1]!, numbers[2 * at]!]);
}
