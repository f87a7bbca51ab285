import type { Geometry } from '#domain/geometry/geometry.js';
import type { StacAsset } from '../item-assets.js';
import type { StacLink } from '../stac-link.js';

/** What a page reads of an item; nearly all of it may have been left out by `fields`. */
export interface PageItem {
  readonly id?: string;
  readonly collection?: string;
  readonly geometry?: Geometry | null;
  readonly bbox?: readonly number[];
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly links?: readonly StacLink[];
  readonly assets?: Readonly<Record<string, StacAsset>>;
}

/** What a page reads of a collection. */
export interface PageCollection {
  readonly id?: string;
  readonly title?: string;
  readonly description?: string;
  readonly keywords?: readonly string[];
  readonly license?: string;
  readonly providers?: readonly { readonly name?: string; readonly url?: string; readonly roles?: readonly string[] }[];
  readonly extent?: {
    readonly spatial?: { readonly bbox?: readonly (readonly number[])[] };
    readonly temporal?: { readonly interval?: readonly (readonly (string | null)[])[] };
  };
  readonly summaries?: Readonly<Record<string, unknown>>;
  readonly links?: readonly StacLink[];
}

/** Any document of the STAC API, told apart by what it has. */
export interface PageDocument extends PageItem, PageCollection {
  readonly type?: string;
  readonly conformsTo?: readonly string[];
  readonly collections?: readonly PageCollection[];
  readonly features?: readonly PageItem[];
  readonly numberMatched?: number;
}

/** The first address with a relation, undefined where there is none. */
export function hrefOf(links: readonly StacLink[] | undefined, rel: string): string | undefined {
  return links?.find((link) => link.rel === rel)?.href;
}
