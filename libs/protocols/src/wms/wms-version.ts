import { WmsError } from './wms-error.js';

/** Versions of WMS spoken: OGC 01-068r3 and OGC 06-042. */
export type WmsVersion = '1.1.1' | '1.3.0';

/** What a version does otherwise than the other. */
export interface WmsDialect {
  readonly version: WmsVersion;
  /** Root element of the capabilities, the document type it declares, and what the service calls itself there. */
  readonly root: 'WMT_MS_Capabilities' | 'WMS_Capabilities';
  readonly doctype?: string;
  readonly serviceName: 'OGC:WMS' | 'WMS';
  /** Name of the parameter, element and attribute for a coordinate reference system, and the code for one not served. */
  readonly crsName: 'SRS' | 'CRS';
  readonly invalidCrs: 'InvalidSRS' | 'InvalidCRS';
  /** Whether the axes of a system are in its authority's order (1.3.0 §6.7.2) or east first always (1.1.1 §6.5.5). */
  readonly axesOfAuthority: boolean;
  readonly capabilitiesType: string;
  readonly exceptionType: string;
  readonly exceptionForms: readonly string[];
  /** How a metadata document after ISO 19115 is called. */
  readonly metadataType: 'TC211' | 'ISO19115:2003';
}

const SE = 'application/vnd.ogc.se_';

/** The versions, each with its ways. */
export const DIALECTS: Readonly<Record<WmsVersion, WmsDialect>> = {
  '1.1.1': {
    version: '1.1.1',
    root: 'WMT_MS_Capabilities',
    // Named for those who validate; nothing here ever reads it. Annex A.1: vendors' elements would be declared in the brackets.
    doctype:
      '<!DOCTYPE WMT_MS_Capabilities SYSTEM "http://schemas.opengis.net/wms/1.1.1/capabilities_1_1_1.dtd" [\n' +
      '<!ELEMENT VendorSpecificCapabilities EMPTY>\n]>\n',
    serviceName: 'OGC:WMS',
    crsName: 'SRS',
    invalidCrs: 'InvalidSRS',
    axesOfAuthority: false,
    capabilitiesType: 'application/vnd.ogc.wms_xml',
    exceptionType: `${SE}xml`,
    exceptionForms: [`${SE}xml`, `${SE}inimage`, `${SE}blank`],
    metadataType: 'TC211',
  },
  '1.3.0': {
    version: '1.3.0',
    root: 'WMS_Capabilities',
    serviceName: 'WMS',
    crsName: 'CRS',
    invalidCrs: 'InvalidCRS',
    axesOfAuthority: true,
    capabilitiesType: 'text/xml',
    exceptionType: 'text/xml',
    exceptionForms: ['XML', 'INIMAGE', 'BLANK'],
    metadataType: 'ISO19115:2003',
  },
};

/** The dialect of a request's VERSION (or WMTVER of old) by the rules of negotiation (1.3.0 §6.2.4): the highest one not above it, the lowest there is else; the highest where none is asked for. */
export function negotiateDialect(version: string | undefined): WmsDialect {
  const asked = /^(\d{1,6})\.(\d{1,6})(?:\.(\d{1,6}))?/.exec(version ?? '');
  if (!asked) return DIALECTS['1.3.0'];
  const [major, minor] = [Number(asked[1]), Number(asked[2])];
  return major > 1 || (major === 1 && minor >= 3) ? DIALECTS['1.3.0'] : DIALECTS['1.1.1'];
}

/** The dialect of a map request, whose VERSION has to be spoken: 1.1.0 is as 1.1.1. Throws WmsError. */
export function spokenDialect(version: string | undefined): WmsDialect {
  if (version === '1.3.0') return DIALECTS['1.3.0'];
  if (version === '1.1.1' || version === '1.1.0') return DIALECTS['1.1.1'];
  const problem = version === undefined ? 'VERSION is missing' : `VERSION ${version.slice(0, 20)} is not served`;
  throw new WmsError(`${problem}; use VERSION=1.3.0 or 1.1.1.`, undefined, 'VERSION');
}
