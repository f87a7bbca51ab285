import type { Kvp } from '../ows/kvp.js';

/** Dots per inch that symbols are made for. */
const USUAL = 96;
const MOST = 4;

/**
 * How many times larger than usual symbols are to be drawn: from DPI (QGIS), MAP_RESOLUTION (UMN) or FORMAT_OPTIONS=dpi:n (GeoServer), which clients send
 * all at once. What cannot be understood means 1: no map is refused because of them.
 */
export function parseResolutionScale(kvp: Kvp): number {
  const option = /(?:^|;)\s*dpi:([^;]*)/i.exec(kvp.get('FORMAT_OPTIONS') ?? '')?.[1];
  const text = (kvp.get('DPI') ?? kvp.get('MAP_RESOLUTION') ?? option ?? '').trim();
  if (!/^\d{1,5}(?:\.\d{1,6})?$/.test(text)) return 1;
  return Math.min(MOST, Math.max(1, Math.round(Number(text) / USUAL)));
}
