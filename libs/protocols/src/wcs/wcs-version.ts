import { WcsError } from './wcs-error.js';

/** Versions of the coverage service that are spoken. */
export type WcsVersion = '1.0.0' | '1.1.0' | '1.1.1' | '1.1.2' | '2.0.1';

/** The best first. */
export const WCS_VERSIONS: readonly WcsVersion[] = ['2.0.1', '1.1.2', '1.1.1', '1.1.0', '1.0.0'];

/** Families that share one form. */
export type WcsFamily = '1.0' | '1.1' | '2.0';

/** The family of a version. */
export function familyOf(version: WcsVersion): WcsFamily {
  return version.slice(0, 3) as WcsFamily;
}

/** The version of that name; 2.0.0 is answered as 2.0.1, 1.1 as 1.1.2. */
export function findWcsVersion(text: string): WcsVersion | undefined {
  const name = text.trim();
  return WCS_VERSIONS.find((version) => version === name) ?? NICKNAMES.get(name);
}

const NICKNAMES: ReadonlyMap<string, WcsVersion> = new Map([
  ['2.0.0', '2.0.1'],
  ['2.0', '2.0.1'],
  ['1.1', '1.1.2'],
  ['1.0', '1.0.0'],
]);

/** The first version of a list that is spoken (OWS Common 06-121r9 §7.3.2); the best where no list is given. Throws VersionNegotiationFailed. */
export function negotiateWcs(accepted: readonly string[] | undefined): WcsVersion {
  if (accepted === undefined) return '2.0.1';
  const found = accepted.map(findWcsVersion).find((version) => version !== undefined);
  if (found !== undefined) return found;
  throw new WcsError(
    `None of the versions asked for is spoken here: ${WCS_VERSIONS.join(', ')} are.`,
    'VersionNegotiationFailed',
    'AcceptVersions',
  );
}
