/** An attribute's value; one-element arrays are given as the element. */
export type NetcdfValue = string | number | readonly (string | number)[];

/** A variable: path from the root (`PRODUCT/latitude`) and shape, slowest dimension first. */
export interface NetcdfVariable {
  readonly path: string;
  readonly shape: readonly number[];
  readonly attributes: Readonly<Record<string, NetcdfValue>>;
}

/** What a NetCDF-4 file says of itself: attributes of each group by its path (the root's is the empty string), and its variables. */
export interface NetcdfContents {
  readonly groups: Readonly<Record<string, Readonly<Record<string, NetcdfValue>>>>;
  readonly variables: readonly NetcdfVariable[];
}

/** Samples of a variable as numbers with scale and offset applied; NaN where there is none. */
export interface NetcdfSamples {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** Reads NetCDF-4 files. Every method throws InvalidError for damaged, truncated and other files. */
export abstract class NetcdfReader {
  abstract readAttributes(file: string): Promise<NetcdfContents>;
  /** A whole numeric variable of bounded size; throws NotFoundError where there is none of this path. */
  abstract read(file: string, variable: string): Promise<NetcdfSamples>;
}
