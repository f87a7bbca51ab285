import type { Fields } from './json-schema.js';

/**
 * Where fields of an extension stand: `collection` is the top of a Collection, `bands` those of properties and assets. Item assets have the fields of assets
 * where no table is for them.
 */
export type FieldPlace = 'properties' | 'assets' | 'item_assets' | 'links' | 'bands' | 'collection' | 'summaries';

/** Fields an extension has in some places. */
export interface FieldTable {
  readonly in: readonly FieldPlace[];
  readonly fields: Fields;
}

/** What an extension of STAC demands, as data; for some versions of it. */
export interface ExtensionSchema {
  /** As in the address of its schema. */
  readonly name: string;
  readonly versions: readonly string[];
  /** No other fields may begin so, where it has fields. */
  readonly prefix?: string;
  readonly tables: readonly FieldTable[];
  /** Fields without which others have no meaning, by those others; in each place. */
  readonly dependencies?: Readonly<Record<string, readonly string[]>>;
}

/** The address by which items name an extension. */
export function extensionUri(name: string, version: string): string {
  return `https://stac-extensions.github.io/${name}/v${version}/schema.json`;
}
