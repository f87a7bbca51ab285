import { z } from 'zod';

/** What a resumption token holds; anything may come in one. */
export const listState = z.object({
  prefix: z.enum(['oai_dc', 'iso19139']),
  set: z.string().max(500).optional(),
  from: z.coerce.date().optional(),
  before: z.coerce.date().optional(),
  /** How many were sent. */
  sent: z.number().int().min(0),
  /** How many there were when the list was begun, where that was cheap to know. */
  size: z.number().int().min(0).optional(),
  /** What the first answer of the list said of itself: what changes from then on is for the next list. */
  begun: z.coerce.date().optional(),
  /** Where to go on among the records, or (after them) among the deleted. */
  cursor: z.string().max(5_000).optional(),
  deletedAfter: z.object({ deleted: z.coerce.date(), uuid: z.guid() }).optional(),
});

/** A list of records and how far it has been sent. */
export type ListState = z.infer<typeof listState>;
