import { readFileSync } from 'node:fs';
import { z } from 'zod';

const BAND = z.string().regex(/^[A-Za-z]\w{0,19}$/);

const layer = z.strictObject({
  title: z.string().optional(),
  collection: z.string(),
  /** A style of the collection, as `/wms` names it. */
  style: z.string().optional(),
  /** Bands as they are, in this order. */
  bands: z.array(BAND).min(1).max(16).optional(),
  /** A band expression, or three with `;` between. */
  expression: z.string().optional(),
  /** Stops such as `0 000000,1 ffffff` for one expression. */
  ramp: z.string().optional(),
  maxCloudCover: z.number().min(0).max(100).optional(),
  /** As TIME of `/wms`. */
  time: z.string().optional(),
  order: z.enum(['newest', 'oldest', 'clearest']).optional(),
});

/** Instances an operator defines: by id, their layers by name. */
export const instanceDefinitions = z.record(
  z.string().regex(/^[\w-]{1,64}$/, 'an id is 1 to 64 letters, digits, - and _'),
  z.strictObject({
    title: z.string().optional(),
    layers: z.record(z.string().regex(/^[\w.-]{1,100}$/, 'a name is 1 to 100 letters, digits, ., - and _'), layer),
  }),
);

/** What an operator defines. */
export type InstanceDefinitions = z.infer<typeof instanceDefinitions>;
/** One layer of it. */
export type LayerDefinition = z.infer<typeof layer>;

/** `VIEW_INSTANCES`: the definitions as JSON, or the path of a file with them. */
export const instancesConfig = z
  .string()
  .transform((text, context): InstanceDefinitions => {
    try {
      const json = text.trimStart().startsWith('{') ? text : readFileSync(text, 'utf8');
      const read = instanceDefinitions.safeParse(JSON.parse(json));
      if (read.success) return read.data;
      for (const { path, message } of read.error.issues) {
        context.addIssue({ code: 'custom', message: `${path.join('.')}: ${message}` });
      }
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'cannot be read' });
    }
    return z.NEVER;
  })
  .optional()
  .describe('Instances under `/ogc/{wms,wcs,wfs}/`: JSON, or the path of a file with it; see services/view/README.md.');
