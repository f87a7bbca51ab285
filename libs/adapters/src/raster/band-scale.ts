import type { BandSource } from '#domain/ports/raster-engine.js';

/** How samples of a band become values: `sample * scale + offset`. */
export interface BandScale {
  readonly scale: number;
  readonly offset: number;
}

const AS_IT_IS: BandScale = { scale: 1, offset: 0 };

/** What is asked of a band, else what its file says (`own`), but of classes. */
export function scaleOf({ band, scale, offset, isClass }: BandSource, own: ReadonlyMap<number, BandScale>): BandScale {
  if (scale === undefined && offset === undefined) return (isClass === true ? undefined : own.get(band)) ?? AS_IT_IS;
  return { scale: scale ?? 1, offset: offset ?? 0 };
}

/** `<Item name="SCALE" sample="0" role="scale">0.1</Item>` in any order of attributes. */
const ITEM = /<Item\b([^<>]*)>([^<]*)<\/Item>/g;

/** Scales and offsets of bands (0-based) in GDAL's metadata (TIFF tag 42112), where they say something. */
export function parseBandScales(metadata: string | undefined): ReadonlyMap<number, BandScale> {
  const scales = new Map<number, BandScale>();
  for (const item of (metadata ?? '').matchAll(ITEM)) {
    const [attributes, text] = item.slice(1) as [string, string];
    const role = /\brole="(scale|offset)"/.exec(attributes)?.[1];
    const sample = /\bsample="(\d{1,4})"/.exec(attributes)?.[1];
    if (role === undefined || sample === undefined || !isUsable(role, text)) continue;
    scales.set(Number(sample), { ...(scales.get(Number(sample)) ?? AS_IT_IS), [role]: Number(text) });
  }
  return scales;
}

function isUsable(role: string, text: string): boolean {
  const value = Number(text);
  return text.trim() !== '' && Number.isFinite(value) && !(role === 'scale' && value === 0);
}
