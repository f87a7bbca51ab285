import { findMapCrs, LISTED_CRS } from '../wms/map-crs.js';
import { invalidParameter } from './wfs-error.js';

/** A coordinate reference system features are written in or boxes are asked in. */
export interface FeatureCrs {
  /** `EPSG:4326`, `CRS:84`. */
  readonly code: string;
  /** As it is named in answers. */
  readonly srsName: string;
  /** Whether coordinates are written with the second axis of x/y first. */
  readonly northFirst: boolean;
}

/** What features are in unless asked otherwise: latitude first, as the register has it. */
export const DEFAULT_CRS: FeatureCrs = {
  code: 'EPSG:4326',
  srsName: 'urn:ogc:def:crs:EPSG::4326',
  northFirst: true,
};

/** Longitude first: what GeoJSON is in unless asked otherwise. */
export const CRS84: FeatureCrs = { code: 'CRS:84', srsName: 'urn:ogc:def:crs:OGC:1.3:CRS84', northFirst: false };

/** Systems capabilities list beside the default, as URNs. */
export const OTHER_CRS: readonly string[] = LISTED_CRS.filter((code) => code !== 'EPSG:4326').map(urnOf);

function urnOf(code: string): string {
  return code === 'CRS:84' ? CRS84.srsName : `urn:ogc:def:crs:EPSG::${code.slice('EPSG:'.length)}`;
}

/**
 * The system an srsName means. URNs and `/def/crs/` addresses follow the axis order of the authority; `EPSG:n` and `…epsg.xml#n` are x/y, as clients of the
 * field write them. Throws InvalidParameterValue.
 */
export function parseSrsName(text: string, locator = 'srsName'): FeatureCrs {
  const name = text.trim().slice(0, 200);
  const short = name.replace(/^https?:\/\/www\.opengis\.net\/gml\/srs\/epsg\.xml#/i, 'EPSG:');
  const crs = findMapCrs(short);
  if (crs === undefined) {
    throw invalidParameter(locator, `The coordinate reference system ${name} is not served.`);
  }
  const isRegister = /^(urn:|https?:\/\/www\.opengis\.net\/def\/)/i.test(name);
  return { code: crs.code, srsName: name, northFirst: crs.northFirst && isRegister };
}

/** Whether positions in a system are degrees as the catalogue has them. */
export function isGeographic({ code }: Pick<FeatureCrs, 'code'>): boolean {
  return code === 'EPSG:4326' || code === 'CRS:84' || code === 'EPSG:4258';
}
