import { z } from 'zod';

const MEGABYTES = z.coerce.number().int().positive();

/** How images are drawn from rasters. */
export const rasterConfig = z.object({
  RASTER_WORKERS: z.coerce
    .number()
    .int()
    .min(0)
    .max(64)
    .default(2)
    .describe('Threads that draw images; 0 draws in the main thread.'),
  RASTER_CACHE_MB: MEGABYTES.max(1 << 20)
    .default(256)
    .describe('Memory for decoded blocks, shared by all workers, in MB.'),
  RASTER_HEADER_CACHE_MB: MEGABYTES.max(1 << 16)
    .default(64)
    .describe('Memory for raster headers and block indexes, shared by all workers, in MB.'),
  RASTER_MAX_PIXELS: z.coerce
    .number()
    .int()
    .positive()
    .max(1 << 28)
    .default(1 << 24)
    .describe('Pixels of the largest image drawn, width times height.'),
  RASTER_MAX_COVERAGE_SAMPLES: z.coerce
    .number()
    .int()
    .positive()
    .max(2 ** 32)
    .default(1 << 27)
    .describe('Samples of the largest coverage written: width times height times bands.'),
  RASTER_REQUEST_MB: MEGABYTES.max(1 << 16)
    .default(1024)
    .describe('Decoded blocks one image may need, in MB; larger requests are refused.'),
  RASTER_QUEUE: z.coerce
    .number()
    .int()
    .positive()
    .max(100_000)
    .default(512)
    .describe('Images that may wait for a worker; more are refused as busy.'),
});

/** The validated environment of the raster engine. */
export type RasterConfig = z.infer<typeof rasterConfig>;
