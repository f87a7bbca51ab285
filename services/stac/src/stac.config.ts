import { z } from 'zod';
import { databaseConfig } from '#adapters/postgres/database.config.js';

/** What the STAC API itself understands. */
export const exportConfig = z.object({
  STAC_EXPORT_LIMIT: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000_000)
    .default(1_000_000)
    .describe('Most items one export of a STAC search may have; who asks for more is told to narrow the search.'),
  STAC_EXPORT_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(4)
    .describe('Exports of STAC searches made at once by a process; further ones are answered with 429.'),
  STAC_S3_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'S3 service of the archive as readers reach it: items then name its objects as s3:// too. Absent: they do not.',
    ),
  STAC_S3_BUCKET: z.string().min(3).max(63).default('frombork').describe('Bucket of the archive as readers know it.'),
  STAC_S3_REGION: z.string().min(1).default('us-east-1').describe('Region of that bucket.'),
});

/** The validated environment of the STAC API itself. */
export type ExportConfig = z.infer<typeof exportConfig>;

/** Injection token of {@link ExportConfig}. */
export const EXPORT_CONFIG = Symbol('export configuration');

/** Everything the STAC API reads from its environment. */
export const stacConfig = z.object({ ...databaseConfig.shape, ...exportConfig.shape });
