import type { BrowseFiles, BrowsePlan } from '#domain/ports/browse-maker.js';
import type { NetcdfContents, NetcdfSamples } from '#domain/ports/netcdf-reader.js';

/** What a worker thread can be asked for. */
export type IngestJob =
  | {
      readonly kind: 'browse';
      readonly plan: BrowsePlan;
      readonly folder: string;
      readonly resolution: number;
      readonly maxSide: number;
    }
  | { readonly kind: 'netcdf-attributes'; readonly file: string }
  | { readonly kind: 'netcdf-variable'; readonly file: string; readonly variable: string };

/** What it answers, by kind of job. */
export interface IngestResult {
  readonly browse: BrowseFiles;
  readonly 'netcdf-attributes': NetcdfContents;
  readonly 'netcdf-variable': NetcdfSamples;
}

/** What a worker says while and after it works; errors travel as their kind, since classes do not cross threads. */
export type IngestMessage =
  | { readonly progress: number }
  | { readonly result: IngestResult[keyof IngestResult] }
  | {
      readonly failed: {
        readonly kind: string | undefined;
        readonly message: string;
        readonly subject: string | undefined;
      };
    };
