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
});

/** The validated environment of exports. */
export type ExportConfig = z.infer<typeof exportConfig>;

/** Injection token of {@link ExportConfig}. */
export const EXPORT_CONFIG = Symbol('export configuration');

/** Everything the STAC API reads from its environment. */
export const stacConfig = z.object({ ...databaseConfig.shape, ...exportConfig.shape });
