import type { CoverageRequest, SourceBands } from '#domain/ports/coverage-request.js';
import type { CoverageGrid, WcsCoverage } from '#protocols/wcs/coverage.js';
import type { RasterSource } from '#domain/ports/raster-source.js';

/** Where a field of a coverage is. */
export interface HeldField {
  readonly source: RasterSource;
  readonly band: number;
}

/** A coverage, and what the engine makes fields of it from, by their indexes, for an answer on a grid. */
export interface HeldCoverage {
  readonly coverage: WcsCoverage;
  sourcesOf(fields: readonly number[], grid: CoverageGrid, signal?: AbortSignal): Promise<CoverageRequest['sources']>;
}

/** Fields of rasters of one grid: neighbours of one raster together. */
export function groupFields(held: readonly HeldField[], fields: readonly number[]): readonly SourceBands[] {
  const sources: { source: RasterSource; bands: number[] }[] = [];
  for (const index of fields) {
    const { source, band } = held[index]!;
    const last = sources.at(-1);
    if (last?.source === source) last.bands.push(band);
    else sources.push({ source, bands: [band] });
  }
  return sources;
}
