import type { Box, CoverageBrief } from './coverage.js';

/** A collection as a series of EO coverages. */
export interface DatasetSeries {
  readonly id: string;
  readonly bounds: Box;
  readonly from: Date;
  readonly to: Date;
}

/** What capabilities of every version are written from. */
export interface WcsContext {
  readonly title: string;
  readonly abstract: string;
  readonly keywords: readonly string[];
  /** Public, ending in `?`. */
  readonly address: string;
  readonly updateSequence: string;
  readonly organisation: string;
  readonly email?: string;
  /** The newest; the others are found in their series. */
  readonly coverages: readonly CoverageBrief[];
  readonly series: readonly DatasetSeries[];
  /** Samples of the largest answer: width times height times fields. */
  readonly maxSamples: number;
  /** Descriptions of one answer at most. */
  readonly countDefault: number;
}
