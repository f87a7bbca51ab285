import { InvalidError } from '#domain/errors.js';

/** Codes whose coordinates are taken as they are: WGS 84, and ETRS89, which lies within a metre of it. */
const GEOGRAPHIC = new Set(['4326', '4258', '4979']);

/**
 * Whether coordinates in a CRS come latitude first. URNs and `/def/crs/` addresses of EPSG follow the register (latitude first); the short `EPSG:4326`,
 * `…epsg.xml#4326`, CRS84 and no name at all are longitude first, as clients of the field write them. Throws InvalidError for another CRS.
 */
export function isLatitudeFirst(srsName: string | undefined): boolean {
  const name = srsName?.trim() ?? '';
  if (name === '' || /(^|[:/])CRS:?84h?$/i.test(name)) return false;
  for (const [pattern, latitudeFirst] of FORMS) {
    if (GEOGRAPHIC.has(pattern.exec(name)?.[1] ?? '')) return latitudeFirst;
  }
  throw new InvalidError(
    `The coordinate reference system ${name.slice(0, 200)} is not known here: use urn:ogc:def:crs:EPSG::4326.`,
    { subject: 'srsName' },
  );
}

/** Forms of names of EPSG's systems, each with whether it follows the register. */
const FORMS: readonly (readonly [RegExp, boolean])[] = [
  [/^urn:(?:x-)?ogc:def:crs:EPSG:[^:]*:(\d+)$/i, true],
  [/^https?:\/\/[^/]+\/def\/crs\/EPSG\/[^/]+\/(\d+)$/i, true],
  [/^EPSG:(\d+)$/i, false],
  [/^https?:\/\/www\.opengis\.net\/gml\/srs\/epsg\.xml#(\d+)$/i, false],
];
