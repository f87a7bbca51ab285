import type { RasterSource } from '#domain/ports/raster-source.js';
import type { WcsCoverage } from '#protocols/wcs/coverage.js';

/** A coverage and where each of its fields is. */
export interface HeldCoverage {
  readonly coverage: WcsCoverage;
  readonly bands: readonly { readonly source: RasterSource; readonly band: number }[];
}

/** The fields of those indexes as the engine reads them: neighbours of one raster together. */
export function sourcesOf(
  { bands }: HeldCoverage,
  fields: readonly number[],
): readonly { readonly source: RasterSource; readonly bands: readonly number[] }[] {
  const sources: { source: RasterSource; bands: number[] }[] = [];
  for (const index of fields) {
    const { source, band } = bands[index]!;
    const last = sources.at(-1);
    if (last?.source === source) last.bands.push(band);
    else sources.push({ source, bands: [band] });
  }
  return sources;
}
