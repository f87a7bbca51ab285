/** What CDSE spells another way than the catalogue, both ways. */

/** `SENTINEL-2` for `sentinel-2`. */
export function missionStored(text: string): string {
  return text.toLowerCase();
}

/** `SAR` for `c-sar`, `MSI` for `msi`. */
export function instrumentStored(text: string): string {
  const lower = text.toLowerCase();
  return lower === 'sar' ? 'c-sar' : lower;
}

/** The other way round. */
export function instrumentShown(stored: string): string {
  return stored === 'c-sar' ? 'SAR' : stored.toUpperCase();
}

/** `ASCENDING` for `ascending`. */
export function orbitDirectionStored(text: string): string {
  return text.toLowerCase();
}

/** `S2MSI1C`, `LEVEL1`, `1` and `L1` for `L1C`, `L1`. */
export function levelStored(text: string): string {
  const [, level] = /^(?:S2MSI|LEVEL-?|L)?(\d[A-Z]?)$/i.exec(text.trim()) ?? [];
  return level === undefined ? text : `L${level.toUpperCase()}`;
}

/** The other way round, in the way of the mission. */
export function levelShown(stored: string, mission: string): string {
  const level = stored.replace(/^L/, '');
  if (mission === 'sentinel-2') return `S2MSI${level}`;
  return mission === 'sentinel-1' ? `LEVEL${level}` : stored;
}

/** A pattern of platforms for `A`, `S2A`, `Sentinel-2A`; undefined for anything else. */
export function satellitePattern(text: string): string | undefined {
  const [, mission = '_', letter] = /^(?:S|SENTINEL-)?(\d)?([A-DP])$/i.exec(text.trim()) ?? [];
  return letter === undefined ? undefined : `sentinel-${mission}${letter.toLowerCase()}`;
}

/** `A` of `sentinel-2a`. */
export function satelliteShown(stored: string): string {
  return /^sentinel-\d([a-z])$/.exec(stored)?.[1]?.toUpperCase() ?? stored.toUpperCase();
}
