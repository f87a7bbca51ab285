import { DomainError, InvalidError } from '#domain/errors.js';
import type { RasterSource } from '#domain/ports/raster-source.js';

/** Has faults of a raster name it: their subject is its key. */
export async function aboutRaster<T>({ key }: Pick<RasterSource, 'key'>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof InvalidError && error.subject === undefined) {
      throw new InvalidError(`${key}: ${error.message}`, { subject: key, cause: error });
    }
    if (error instanceof RangeError && !(error instanceof DomainError)) {
      throw new InvalidError(`${key}: the raster is damaged`, { subject: key, cause: error });
    }
    throw error;
  }
}
