import type { z } from 'zod';
import type { StacLink } from './stac-link.js';

/** One operation of a path as the OpenAPI description tells it. */
export interface Operation {
  readonly summary: string;
  readonly mediaType?: string;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
}

/** Operations by path under `/stac` and by method. */
export type Paths = Readonly<
  Record<string, Readonly<Partial<Record<'get' | 'post' | 'put' | 'patch' | 'delete', Operation>>>>
>;

/** An extension of the STAC API: what it adds to conformance, to the landing page and to the OpenAPI description. */
export interface StacFeature {
  readonly conformsTo: readonly string[];
  readonly paths: Paths;
  readonly links: (root: string) => readonly StacLink[];
}
