import { z } from 'zod';

/** Where objects are kept: an S3 bucket where S3_ENDPOINT is given, else files under FROMBORK_DATA. */
export const objectStoreConfig = z.object({
  FROMBORK_DATA: z.string().default('./data').describe('Folder of the embedded stores; objects are under `objects`.'),
  S3_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .refine((url) => new URL(url).pathname === '/', 'must be http(s)://host[:port], without a path')
    .optional()
    .describe('S3 server, e.g. https://s3.example.org; absent: files under FROMBORK_DATA.'),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be 3 to 63 lower-case letters, digits, dots and hyphens')
    .default('frombork')
    .describe('Bucket; made at start where it is missing and the keys allow it.'),
  S3_REGION: z.string().min(1).default('us-east-1').describe('Region requests are signed for.'),
  S3_ACCESS_KEY: z.string().optional().describe('Access key; required with S3_ENDPOINT.'),
  S3_SECRET_KEY: z.string().optional().describe('Secret key; required with S3_ENDPOINT.'),
});

/** The validated environment of the object store. */
export type ObjectStoreConfig = z.infer<typeof objectStoreConfig>;
