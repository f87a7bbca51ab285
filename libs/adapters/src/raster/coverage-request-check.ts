import { InvalidError, TooLargeError } from '#domain/errors.js';
import type { CoverageRequest } from '#domain/ports/coverage-request.js';
import { definitionOf } from './coordinate-transform.js';

const MAX_SIDE = 1 << 20;

/** Throws InvalidError for coverages that cannot be written, TooLargeError for more samples than the limit. */
export function checkCoverageRequest(request: CoverageRequest, maxSamples: number): void {
  const { width, height, bbox, crs, sources } = request;
  definitionOf(crs);
  if (![width, height].every((side) => Number.isInteger(side) && side >= 1 && side <= MAX_SIDE)) {
    throw new InvalidError(`A coverage of ${width} x ${height} cells cannot be written`, { subject: 'size' });
  }
  if (!bbox.every(Number.isFinite) || bbox[0] >= bbox[2] || bbox[1] >= bbox[3]) {
    throw new InvalidError('The box of the coverage has no area', { subject: 'subset' });
  }
  const bands = sources.reduce((sum, source) => sum + source.bands.length, 0);
  if (width * height * bands <= maxSamples) return;
  throw new TooLargeError(
    `${width} x ${height} cells of ${bands} fields are ${width * height * bands} samples, more than the ${maxSamples} of one request: ask for a smaller part, fewer fields or a coarser scale`,
    { subject: 'size' },
  );
}
