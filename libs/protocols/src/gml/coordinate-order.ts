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
  const [, register, code = ''] =
    /^(urn:(?:x-)?ogc:def:crs:EPSG:[^:]*:|https?:\/\/[^/]+\/def\/crs\/EPSG\/[^/]+\/)(\d+)$/i.exec(name) ?? [];
  if (register !== undefined && GEOGRAPHIC.has(code)) return true;
  const [, short = ''] = /^(?:EPSG:|https?:\/\/www\.opengis\.net\/gml\/srs\/epsg\.xml#)(\d+)$/i.exec(name) ?? [];
  if (GEOGRAPHIC.has(short)) return false;
  throw new InvalidError(
    `The coordinate reference system ${name.slice(0, 200)} is not known here: use urn:ogc:def:crs:EPSG::4326.`,
    {
      subject: 'srsName',
    },
  );
}
