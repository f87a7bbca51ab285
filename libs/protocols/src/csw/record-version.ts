/** What tells the common record of one version of CSW from the other's: data of one writer. */
export interface RecordVersion {
  /** Prefix the catalogue namespace is written with. */
  readonly prefix: string;
  readonly namespace: string;
  /** Namespace of `ows:BoundingBox`. */
  readonly ows: string;
  /** CRS of boxes in latitude, longitude. */
  readonly crs: string;
  /** Whether records have `TemporalExtent` and may have `ows:WGS84BoundingBox` beside the other. */
  readonly extents: boolean;
}

/** Versions of the common record: CSW 2.0.2 (OGC 07-006r1 §10.2.5), CSW 3.0 (OGC 12-176r7 §6.6). */
export const RECORD_VERSIONS = {
  '2.0.2': {
    prefix: 'csw',
    namespace: 'http://www.opengis.net/cat/csw/2.0.2',
    ows: 'http://www.opengis.net/ows',
    crs: 'urn:x-ogc:def:crs:EPSG:6.11:4326',
    extents: false,
  },
  '3.0.0': {
    prefix: 'csw30',
    namespace: 'http://www.opengis.net/cat/csw/3.0',
    ows: 'http://www.opengis.net/ows/2.0',
    crs: 'http://www.opengis.net/def/crs/EPSG/0/4326',
    extents: true,
  },
} as const satisfies Record<string, RecordVersion>;
