import type { Kvp } from '../ows/kvp.js';
import { compareUpdateSequence } from '../ows/update-sequence.js';
import { WmsError } from './wms-error.js';
import { negotiateDialect, type WmsDialect } from './wms-version.js';

/** GetCapabilities (WMS 1.3.0 §7.2, 1.1.1 §7.1): in which version to answer, and what the client has. */
export interface GetCapabilitiesRequest {
  readonly dialect: WmsDialect;
  readonly updateSequence?: string;
}

/** Operations by name; legacy names (`WMTVER` times) are understood. */
export type WmsOperation =
  'GetCapabilities' | 'GetMap' | 'GetFeatureInfo' | 'GetLegendGraphic' | 'GetStyles' | 'DescribeLayer';

const OPERATIONS = new Map<string, WmsOperation>([
  ['getcapabilities', 'GetCapabilities'],
  ['capabilities', 'GetCapabilities'],
  ['getmap', 'GetMap'],
  ['map', 'GetMap'],
  ['getfeatureinfo', 'GetFeatureInfo'],
  ['feature_info', 'GetFeatureInfo'],
  ['getlegendgraphic', 'GetLegendGraphic'],
  ['getstyles', 'GetStyles'],
  ['describelayer', 'DescribeLayer'],
]);

/** Which operation a request means. SERVICE may be left out. Throws WmsError: OperationNotSupported for what this server does not do. */
export function parseWmsOperation(kvp: Kvp): WmsOperation {
  const service = kvp.get('SERVICE');
  if (service !== undefined && service.toUpperCase() !== 'WMS') {
    throw new WmsError(`SERVICE ${service.slice(0, 20)} is not served here; this is WMS.`, undefined, 'SERVICE');
  }
  const request = kvp.get('REQUEST');
  if (request === undefined)
    throw new WmsError('REQUEST is missing: ask for GetCapabilities or GetMap.', undefined, 'REQUEST');
  const operation = OPERATIONS.get(request.toLowerCase());
  if (operation) return operation;
  throw new WmsError(
    `${request.slice(0, 40)} is not served; this server does ${[...new Set(OPERATIONS.values())].join(', ')}.`,
    'OperationNotSupported',
    'REQUEST',
  );
}

/** Reads GetCapabilities. */
export function parseGetCapabilities(kvp: Kvp): GetCapabilitiesRequest {
  const dialect = negotiateDialect(kvp.get('VERSION') ?? kvp.get('WMTVER'));
  const updateSequence = kvp.get('UPDATESEQUENCE');
  return updateSequence === undefined ? { dialect } : { dialect, updateSequence };
}

/** WMS 1.3.0 §7.2.3.5: throws where the client's copy is current, or claims to be newer than ours. Sequences compare as text. */
export function checkUpdateSequence(request: GetCapabilitiesRequest, current: string): void {
  const standing = compareUpdateSequence(request.updateSequence, current);
  if (standing === 'older') return;
  const [code, message] =
    standing === 'current'
      ? (['CurrentUpdateSequence', 'The capabilities have not changed.'] as const)
      : (['InvalidUpdateSequence', `The capabilities are at ${current}, before the given sequence.`] as const);
  throw new WmsError(message, code, 'UPDATESEQUENCE');
}
