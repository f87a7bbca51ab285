import { WfsError } from './wfs-error.js';

/** Versions of the feature service that are spoken; 2.0.x is one. */
export type WfsVersion = '2.0.0' | '1.1.0';

/** What tells the documents of the versions from each other; everything else is shared. */
export interface WfsVersionData {
  readonly version: WfsVersion;
  readonly namespace: string;
  readonly schema: string;
  readonly gml: string;
  readonly gmlSchema: string;
  readonly ows: string;
  readonly owsVersion: string;
  readonly exceptionSchema: string;
  readonly filterPrefix: 'fes' | 'ogc';
  readonly filterNamespace: string;
  /** The default output format. */
  readonly gmlFormat: string;
}

/** OGC 09-025r2 with GML 3.2.1, OGC 04-094 with GML 3.1.1. */
export const WFS_VERSIONS: Readonly<Record<WfsVersion, WfsVersionData>> = {
  '2.0.0': {
    version: '2.0.0',
    namespace: 'http://www.opengis.net/wfs/2.0',
    schema: 'http://schemas.opengis.net/wfs/2.0/wfs.xsd',
    gml: 'http://www.opengis.net/gml/3.2',
    gmlSchema: 'http://schemas.opengis.net/gml/3.2.1/gml.xsd',
    ows: 'http://www.opengis.net/ows/1.1',
    owsVersion: '2.0.0',
    exceptionSchema: 'http://schemas.opengis.net/ows/1.1.0/owsAll.xsd',
    filterPrefix: 'fes',
    filterNamespace: 'http://www.opengis.net/fes/2.0',
    gmlFormat: 'application/gml+xml; version=3.2',
  },
  '1.1.0': {
    version: '1.1.0',
    namespace: 'http://www.opengis.net/wfs',
    schema: 'http://schemas.opengis.net/wfs/1.1.0/wfs.xsd',
    gml: 'http://www.opengis.net/gml',
    gmlSchema: 'http://schemas.opengis.net/gml/3.1.1/base/gml.xsd',
    ows: 'http://www.opengis.net/ows',
    owsVersion: '1.0.0',
    exceptionSchema: 'http://schemas.opengis.net/ows/1.0.0/owsExceptionReport.xsd',
    filterPrefix: 'ogc',
    filterNamespace: 'http://www.opengis.net/ogc',
    gmlFormat: 'text/xml; subtype=gml/3.1.1',
  },
};

/** The version a text names; every 2.0.x is 2.0.0. */
export function findWfsVersion(text: string | undefined): WfsVersion | undefined {
  const given = text?.trim() ?? '';
  if (/^2\.0(\.\d{1,2})?$/.test(given)) return '2.0.0';
  return /^1\.1(\.\d{1,2})?$/.test(given) ? '1.1.0' : undefined;
}

/** The first of a list that is spoken (OWS Common 06-121r3 §7.3.2). Throws VersionNegotiationFailed. */
export function negotiateWfs(accepted: readonly string[]): WfsVersion {
  const found = accepted.map(findWfsVersion).find((version) => version !== undefined);
  if (found !== undefined) return found;
  throw new WfsError(
    `None of the versions asked for is spoken here: ${Object.keys(WFS_VERSIONS).join(' and ')} are.`,
    'VersionNegotiationFailed',
    'AcceptVersions',
  );
}
