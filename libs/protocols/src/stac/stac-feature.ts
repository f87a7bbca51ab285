import type { z } from 'zod';
import type { StacLink } from './stac-link.js';

/** One operation of a path as the OpenAPI description tells it. */
export interface Operation {
  readonly summary: string;
  readonly mediaType?: string;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Media types a body may have; `application/json` where none is named. */
  readonly bodyTypes?: readonly string[];
  /** What each status means, for what is answered otherwise than by 200 with a document. */
  readonly answers?: Readonly<Record<number, string>>;
  /** Whether If-Match and If-None-Match are heeded (RFC 9110 §13). */
  readonly isConditional?: boolean;
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
