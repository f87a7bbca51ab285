import type { CoverageSelection } from './coverage.js';
import type { WcsVersion } from './wcs-version.js';

/** When and where coverages of a series are wanted (OGC 10-140r2 §8.3). */
export interface CoverageSetArea {
  /** Longitudes and latitudes; absent sides are open. */
  readonly west?: number;
  readonly south?: number;
  readonly east?: number;
  readonly north?: number;
  readonly from?: Date;
  readonly to?: Date;
  readonly containment: 'overlaps' | 'contains';
}

/** Sections of a GetCapabilities or DescribeEOCoverageSet answer, undefined for all. */
export type Sections = ReadonlySet<string> | undefined;

/** Anything the coverage service is asked. */
export type WcsRequest =
  | {
      readonly kind: 'GetCapabilities';
      readonly version: WcsVersion;
      readonly sections: Sections;
      /** What the client has already. */
      readonly updateSequence?: string;
    }
  | {
      readonly kind: 'DescribeCoverage';
      readonly version: WcsVersion;
      readonly ids: readonly string[];
      /** In the words of the core of 2.0 alone, without those of the Earth observation profile. */
      readonly isCore: boolean;
    }
  | {
      readonly kind: 'DescribeEOCoverageSet';
      readonly version: WcsVersion;
      readonly ids: readonly string[];
      readonly area: CoverageSetArea;
      readonly sections: Sections;
      readonly count?: number;
    }
  | {
      readonly kind: 'GetCoverage';
      readonly version: WcsVersion;
      readonly id: string;
      readonly selection: CoverageSelection;
      /** `multipart/related` with a description beside the data. */
      readonly multipart: boolean;
    };
