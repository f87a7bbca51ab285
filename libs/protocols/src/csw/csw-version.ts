/** Versions of the catalogue service that are spoken. */
export type CswVersion = '2.0.2' | '3.0.0';

/** What tells the documents of the versions from each other; everything else is shared. */
export interface CswVersionData {
  readonly version: CswVersion;
  /** Prefix and namespace of the service's own elements. */
  readonly csw: string;
  readonly namespace: string;
  readonly ows: string;
  readonly schema: string;
  /** Namespaces of filter capabilities. */
  readonly filterPrefix: string;
  readonly filterNamespace: string;
  /** `nextRecord` and its siblings, `elementSet`, `expires` exist in both; only 3.0 says when the answer was made within SearchStatus as required. */
  readonly constraintVersion: string;
}

/** OGC 07-006r1 and OGC 12-176r7. */
export const CSW_VERSIONS: Readonly<Record<CswVersion, CswVersionData>> = {
  '2.0.2': {
    version: '2.0.2',
    csw: 'csw',
    namespace: 'http://www.opengis.net/cat/csw/2.0.2',
    ows: 'http://www.opengis.net/ows',
    schema: 'http://schemas.opengis.net/csw/2.0.2/CSW-discovery.xsd',
    filterPrefix: 'ogc',
    filterNamespace: 'http://www.opengis.net/ogc',
    constraintVersion: '1.1.0',
  },
  '3.0.0': {
    version: '3.0.0',
    csw: 'csw30',
    namespace: 'http://www.opengis.net/cat/csw/3.0',
    ows: 'http://www.opengis.net/ows/2.0',
    schema: 'http://schemas.opengis.net/cat/csw/3.0/cswAll.xsd',
    filterPrefix: 'fes',
    filterNamespace: 'http://www.opengis.net/fes/2.0',
    constraintVersion: '2.0.0',
  },
};

/** The version whose namespace this is. */
export function versionOfNamespace(namespace: string): CswVersion | undefined {
  return Object.values(CSW_VERSIONS).find((data) => data.namespace === namespace)?.version;
}

/** Whether a text names a version that is spoken. */
export function isCswVersion(text: string): text is CswVersion {
  return Object.hasOwn(CSW_VERSIONS, text);
}
