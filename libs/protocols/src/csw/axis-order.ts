/** CRS84, and EPSG:4326 where only a bare `EPSG:4326` names it. */
const LON_LAT = /CRS:?84$|^EPSG:4326$/i;
/** URNs and addresses of EPSG:4326 and its like (OGC 07-092r1 §7). */
const LAT_LON =
  /(?:urn:(?:x-)?ogc:def:crs:EPSG:[\d.]*:|\/def\/crs\/EPSG\/[\d.]+\/|epsg\.xml#)(?:4326|4258|4269|4979)$/i;

/** Whether a CRS is geographic with latitude first, as names by authority and version are. */
export function isLatitudeFirst(crs: string): boolean {
  return LAT_LON.test(crs);
}

/** Whether a CRS is geographic with longitude first. */
export function isLongitudeFirst(crs: string): boolean {
  return LON_LAT.test(crs);
}
