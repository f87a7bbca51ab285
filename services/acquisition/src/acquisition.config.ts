import { z } from 'zod';

/** What acquisition itself is configured by; the adapters add their parts in main.ts. */
export const acquisitionConfig = z.object({
  ACQUISITION_DROP_FOLDER: z
    .string()
    .optional()
    .describe('Folder whose new files and folders are taken in; default: `drop` in the data folder.'),
  ACQUISITION_SETTLE_SECONDS: z.coerce
    .number()
    .min(0)
    .default(5)
    .describe('How long something in the drop folder must be unchanged before it is taken in.'),
  ACQUISITION_PARALLEL: z.coerce.number().int().min(1).max(64).default(2).describe('Products worked on at once.'),
  ACQUISITION_MAX_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(32 * 2 ** 30)
    .describe('Largest upload, and largest product unpacked, in bytes.'),
});

/** Acquisition's own configuration. */
export type AcquisitionConfig = z.infer<typeof acquisitionConfig>;

/** Injection token of the configuration of acquisition and the platform together. */
export const ACQUISITION_CONFIG = Symbol('acquisition configuration');
