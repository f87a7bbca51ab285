import { z } from 'zod';

/** What every service understands, however it runs. */
export const platformConfig = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(8080).describe('Port to listen on; 0 takes a free one.'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; the default is this machine only.'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .describe('Address clients use, without trailing slash; default: what the request was sent to.'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('Least severe log line written.'),
  FROMBORK_DATA: z.string().default('./data').describe('Folder of the embedded stores and of the work in hand.'),
  FROMBORK_OPERATOR_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe('Bearer token for everything that writes; default: made at first start and kept in the data folder.'),
  SEARCH_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000)
    .default(10)
    .describe('Searches of the catalogue worked on at once; more wait, and clients take turns. About DATABASE_POOL.'),
  CLIENT_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000)
    .default(4)
    .describe('Of these, how many may be of one client.'),
  CLIENT_QUEUE: z.coerce
    .number()
    .int()
    .min(0)
    .max(10_000)
    .default(64)
    .describe('Searches one client may have waiting; further ones are answered with 429 and Retry-After.'),
  TRUSTED_PROXIES: z.coerce
    .number()
    .int()
    .min(0)
    .max(10)
    .default(0)
    .describe(
      'How many proxies of your own stand in front, each appending to X-Forwarded-For; 0: clients are told apart by the address they connect from.',
    ),
  FROMBORK_MIRROR: z
    .string()
    .regex(/^[A-Z0-9-]{2,32}$/)
    .default('FROMBORK')
    .describe('Short name of this mirror, used in parent identifiers such as EOP:FROMBORK:S2_MSI_L1C.'),
});

/** The part of a service's configuration that the platform reads. */
export type PlatformConfig = z.infer<typeof platformConfig>;

/** Injection token of the platform's configuration. */
export const PLATFORM_CONFIG = Symbol('platform configuration');
