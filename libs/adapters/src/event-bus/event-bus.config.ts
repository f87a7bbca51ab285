import { z } from 'zod';

/** Where events go: NATS JetStream where NATS_URL is given, else within the process. */
export const eventBusConfig = z.object({
  NATS_URL: z
    .string()
    .optional()
    .describe(
      'NATS with JetStream, nats://[user:password@]host[:port], several separated by commas; absent: events stay in the process.',
    ),
});

/** The validated environment of the event bus. */
export type EventBusConfig = z.infer<typeof eventBusConfig>;
