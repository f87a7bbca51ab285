/** EO metadata as of OGC 10-157r3 (EOP 1.0) or r4 (EOP 1.1). */
export type OmVersion = '1.0' | '1.1';

/** What differs between the two in what is written here: the namespaces of the sensors' schemas. The elements are the same. */
const EOP_NAMESPACE: Readonly<Record<OmVersion, string>> = { '1.0': '2.0', '1.1': '2.1' };

/** Namespace declarations of an observation of a kind of sensor (`opt`, `sar`, `atm`, `alt`). */
export function observationNamespaces(kind: string, version: OmVersion): Readonly<Record<string, string>> {
  const number = EOP_NAMESPACE[version];
  return {
    [`xmlns:${kind}`]: `http://www.opengis.net/${kind}/${number}`,
    'xmlns:gml': 'http://www.opengis.net/gml/3.2',
    'xmlns:eop': `http://www.opengis.net/eop/${number}`,
    'xmlns:om': 'http://www.opengis.net/om/2.0',
    'xmlns:ows': 'http://www.opengis.net/ows/2.0',
    'xmlns:xlink': 'http://www.w3.org/1999/xlink',
  };
}

const SCHEMAS: ReadonlyMap<string, OmVersion> = new Map([
  ['om', '1.1'],
  ['om11', '1.1'],
  ['server-choice', '1.1'],
  ['http://www.opengis.net/eop/2.1', '1.1'],
  ['http://www.opengis.net/spec/eompom/1.1', '1.1'],
  ['om10', '1.0'],
  ['http://www.opengis.net/eop/2.0', '1.0'],
  ['http://www.opengis.net/spec/eompom/1.0', '1.0'],
]);

/** The version a `recordSchema` (SRU) stands for; undefined for one that is not served. */
export function findOmVersion(recordSchema: string): OmVersion | undefined {
  return SCHEMAS.get(recordSchema.trim().toLowerCase());
}
