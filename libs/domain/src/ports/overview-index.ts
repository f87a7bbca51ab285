import type { OverviewPlace } from '../view/overview-grid.js';

/** A part of a collection's overview. */
export interface OverviewPart extends OverviewPlace {
  readonly collection: string;
}

/** A part that has been built; without `etag` nothing was there to be drawn. */
export interface BuiltPart extends OverviewPart {
  /** Names the bytes of its object. */
  readonly etag?: string;
}

/** A part to be built, and the state it is built for. */
export interface StalePart extends OverviewPart {
  readonly revision: string;
}

/** What there is of the overviews of collections and what is to be built (again). Each part is built by one at a time; what changes meanwhile has it built once more. */
export abstract class OverviewIndex {
  /** Has parts built in `delay` seconds; those waiting already keep their time. */
  abstract touch(parts: readonly OverviewPart[], delay: number): Promise<void>;
  /** The same for every part drawn from a product. */
  abstract touchProduct(product: { readonly collection: string; readonly id: string }, delay: number): Promise<void>;
  /** The part due for longest, the finest first, taken for so many seconds; undefined where none is due. */
  abstract take(seconds: number): Promise<StalePart | undefined>;
  /** Notes what was built and from which products. A part touched since it was taken is due again after `delay` seconds. */
  abstract built(
    part: StalePart,
    result: { readonly etag?: string; readonly products: readonly string[]; readonly delay: number },
  ): Promise<void>;
  /** Those of the places that have a picture. */
  abstract find(collection: string, places: readonly OverviewPlace[]): Promise<readonly Required<BuiltPart>[]>;
  /** Whether a collection has any part, built or to be built. */
  abstract knows(collection: string): Promise<boolean>;
}
