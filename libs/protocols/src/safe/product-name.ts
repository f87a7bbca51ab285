import type { PropertyValue, SceneVersion } from '#domain/product/product.js';

/** Missions whose products are understood. */
export type Mission = 'sentinel-1' | 'sentinel-2' | 'sentinel-3' | 'sentinel-5p';

/** What a product's name says. */
export interface ProductName {
  /** Without path and extension. */
  readonly name: string;
  readonly mission: Mission;
  readonly acquiredFrom?: Date;
  readonly acquiredTo?: Date;
  /** By queryable name; `productType`, `platform`, `instrument` and `processingLevel` are always there. */
  readonly properties: Readonly<Record<string, PropertyValue>>;
  readonly scene: SceneVersion;
}

/** The named groups of a pattern in a name; undefined where it does not match. Every group named must take part in every match. */
export function matchFields<K extends string>(pattern: RegExp, name: string): Readonly<Record<K, string>> | undefined {
  return pattern.exec(name)?.groups as Readonly<Record<K, string>> | undefined;
}
