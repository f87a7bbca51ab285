import { compareUpdateSequence } from '../ows/update-sequence.js';
import { WcsError } from './wcs-error.js';
import type { Sections, WcsRequest } from './wcs-request.js';
import { familyOf } from './wcs-version.js';

type CapabilitiesRequest = Extract<WcsRequest, { kind: 'GetCapabilities' }>;

/**
 * The sections a client needs: none where its copy is the current one (OGC 06-121r9 §7.3.4), which 1.0 says as an exception (OGC 03-065r6 table 4).
 * Throws CurrentUpdateSequence, and InvalidUpdateSequence for a copy that cannot be yet.
 */
export function wantedSections({ version, sections, updateSequence }: CapabilitiesRequest, current: string): Sections {
  switch (compareUpdateSequence(updateSequence, current)) {
    case 'older':
      return sections;
    case 'newer':
      throw new WcsError('There is no such updateSequence yet.', 'InvalidUpdateSequence', 'updateSequence');
    case 'current':
      if (familyOf(version) !== '1.0') return new Set();
      throw new WcsError('The capabilities have not changed.', 'CurrentUpdateSequence', 'updateSequence');
  }
}
