import { z } from 'zod';

/** How pictures of products are made at ingest. */
export const rasterIngestConfig = z.object({
  BROWSE_WORKERS: z.coerce
    .number()
    .int()
    .min(1)
    .max(32)
    .default(2)
    .describe('Products drawn at the same time, a thread and up to about 600 MB each.'),
  BROWSE_RESOLUTION: z.coerce
    .number()
    .min(1)
    .max(1000)
    .default(20)
    .describe(
      'Ground size in metres of a pixel of Sentinel-2 browse images and of Sentinel-1 backscatter, which is averaged to it.',
    ),
  BROWSE_MAX_SIDE: z.coerce
    .number()
    .int()
    .min(256)
    .max(8192)
    .default(4096)
    .describe('Longest side in pixels of browse images gridded to longitude/latitude (Sentinel-1, -3, -5P).'),
  BROWSE_TIMEOUT: z.coerce
    .number()
    .int()
    .min(1)
    .max(86_400)
    .default(900)
    .describe('Seconds after which drawing a product is given up.'),
});

/** The settings, read. */
export type RasterIngestConfig = z.infer<typeof rasterIngestConfig>;
