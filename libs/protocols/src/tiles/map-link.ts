/** A link (RFC 8288) of a document of OGC API Tiles or Maps. */
export interface MapLink {
  readonly rel: string;
  readonly href: string;
  readonly type?: string;
  readonly title?: string;
  /** True where `href` has braces to fill in. */
  readonly templated?: true;
}

/** Media type of every document but maps and tiles. */
export const JSON_TYPE = 'application/json';
/** Media type of OpenAPI 3.0. */
export const OPENAPI_TYPE = 'application/vnd.oai.openapi+json;version=3.0';

/** A relation type of OGC's register. */
export function ogcRel(name: string): string {
  return `http://www.opengis.net/def/rel/ogc/1.0/${name}`;
}

/** Address of OGC API Tiles and Maps under the mirror's public address. */
export function mapApiRoot(mirror: string): string {
  return `${mirror}/ogc/api`;
}

/** What a map or its tiles are of: the dataset, a collection or an item of it, as one of the styles or in the usual one. */
export interface MapPath {
  readonly collection?: string;
  readonly item?: string;
  readonly style?: string;
}

/** Address of a map below the root; its tiles are below that (OGC 20-057 §8.3, 20-058 §7). */
export function mapHref(root: string, { collection, item, style }: MapPath): string {
  const within: readonly (readonly [string, string | undefined])[] = [
    ['collections', collection],
    ['items', item],
    ['styles', style],
  ];
  const parts = within.flatMap(([name, id]) => (id === undefined ? [] : [name, encodeURIComponent(id)]));
  return [root, ...parts, 'map'].join('/');
}
