import { z } from 'zod';

/** How discovery works with other catalogues; whom it may ask is the adapter's FEDERATION_ALLOW. */
export const federationConfig = z.object({
  FEDERATION_PEERS: z
    .string()
    .default('')
    .transform((text, context) => {
      const peers = text
        .split(',')
        .map((pair) => pair.trim())
        .filter((pair) => pair !== '')
        .map((pair) => /^([\w.-]{1,60})=(https?:\/\/\S+)$/.exec(pair));
      if (peers.every((match) => match !== null)) return peers.map(([, name = '', url = '']) => ({ name, url }));
      context.addIssue({
        code: 'custom',
        message: 'must be name=url pairs separated by commas, urls of http or https',
      });
      return z.NEVER;
    })
    .describe(
      'Catalogues (CSW 2.0.2) a distributed search asks: `name=url` pairs, separated by commas; none by default.',
    ),
  FEDERATION_PEER_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .max(60_000)
    .default(3_000)
    .describe('How long a distributed search waits for a peer; the answer says who did not make it.'),
  FEDERATION_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .max(600_000)
    .default(60_000)
    .describe('How long a harvest waits for one answer of its source.'),
  FEDERATION_LEASE_SECONDS: z.coerce
    .number()
    .min(0.5)
    .max(3_600)
    .default(60)
    .describe('After how long without a sign of life another process goes on with a harvest.'),
  FEDERATION_PAGE: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000)
    .default(100)
    .describe('Records a harvest asks for at once.'),
});

/** The validated environment of federation. */
export type FederationConfig = z.infer<typeof federationConfig>;

/** Injection token of the configuration. */
export const FEDERATION_CONFIG = Symbol('federation configuration');
