import { z } from 'zod';

/** Whom the mirror may ask beside the public network. */
export const outgoingConfig = z.object({
  FEDERATION_ALLOW: z
    .string()
    .default('')
    .describe(
      'Hosts (`host`, `host:port`) and networks (`10.1.0.0/16`), separated by commas, that may be asked although their addresses are private; none by default.',
    ),
});

/** The validated environment of outgoing requests. */
export type OutgoingConfig = z.infer<typeof outgoingConfig>;
