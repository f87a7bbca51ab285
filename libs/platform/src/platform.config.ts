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
