import type { FeatureType } from './feature-type.js';

/** What capabilities are written from. */
export interface WfsContext {
  readonly title: string;
  readonly abstract: string;
  readonly keywords: readonly string[];
  /** Public, ending in `?`. */
  readonly address: string;
  readonly organisation: string;
  readonly email?: string;
  readonly types: readonly FeatureType[];
  /** Most features of one answer, which is how many there are unless fewer are asked for. */
  readonly countDefault: number;
  /** The same for 1.1, whose clients know no pages. */
  readonly maxWhole: number;
}
