import type { ImageFormat } from '#domain/ports/raster-engine.js';
import type { Kvp } from '../ows/kvp.js';
import { endingOf, formatOfEnding } from '../tiles/tile-format.js';

/** Segments of a tile's RESTful address, decoded. */
export interface WmtsPath {
  readonly layer: string;
  readonly style: string;
  readonly time: string;
  readonly set: string;
  readonly matrix: string;
  readonly row: string;
  /** Column and ending, e.g. `17.png`. */
  readonly last: string;
}

/** The segments of a span of time. */
export interface WmtsSpan {
  readonly from: string;
  readonly to: string;
  readonly period?: string;
}

/** A tile's address where a span of time takes several segments. */
export type WmtsSpanPath = Omit<WmtsPath, 'time'> & WmtsSpan;

/** That of feature information. */
export type WmtsSpanInfoPath = Omit<WmtsInfoPath, 'time'> & WmtsSpan;

/** A path of nine segments: feature information, or a tile of a span with its period, which stands where else the matrix does. */
export function spanOfInfoPath({ time, set, matrix, row, column, j, ...path }: WmtsInfoPath): WmtsSpanPath | undefined {
  return matrix.startsWith('P')
    ? { ...path, from: time, to: set, period: matrix, set: row, matrix: column, row: j }
    : undefined;
}

/** A path with its span put together. */
export function timeOfSpan<P extends WmtsSpan>({
  from,
  to,
  period,
  ...path
}: P): Omit<P, keyof WmtsSpan> & { readonly time: string } {
  return { ...path, time: [from, to, ...(period === undefined ? [] : [period])].join('/') };
}

/** The template of tiles in a `ResourceURL` (§10.2.1), filled in by clients; OWSLib knows `{Style}` in this spelling alone. */
export function tileTemplate(address: string, layer: string, format: ImageFormat): string {
  const path = '{Style}/{Time}/{TileMatrixSet}/{TileMatrix}/{TileRow}/{TileCol}';
  return `${address}/1.0.0/${encodeURIComponent(layer)}/${path}.${endingOf(format)}`;
}

/** Forms of feature information by the ending of their addresses. */
const INFO_ENDINGS: ReadonlyMap<string, string> = new Map([
  ['txt', 'text/plain'],
  ['html', 'text/html'],
  ['json', 'application/json'],
  ['gml', 'application/vnd.ogc.gml'],
]);

/** The template of feature information in a `ResourceURL` (§10.2.1), for a media type. */
export function infoTemplate(address: string, layer: string, type: string): string {
  const ending = [...INFO_ENDINGS].find(([, served]) => served === type)![0];
  const path = '{Style}/{Time}/{TileMatrixSet}/{TileMatrix}/{TileRow}/{TileCol}/{J}/{I}';
  return `${address}/1.0.0/${encodeURIComponent(layer)}/${path}.${ending}`;
}

/** Segments of the RESTful address of feature information: those of a tile, its column bare, then row and column in it. */
export interface WmtsInfoPath extends Omit<WmtsPath, 'last'> {
  readonly column: string;
  readonly j: string;
  /** I and ending, e.g. `17.json`. */
  readonly last: string;
}

/** As {@link kvpOfPath}, for feature information. */
export function kvpOfInfoPath({ column, j, last, ...path }: WmtsInfoPath): Kvp {
  const dot = last.lastIndexOf('.');
  const ending = dot < 0 ? '' : last.slice(dot + 1);
  return new Map([
    ...kvpOfPath({ ...path, last: `${column}.png` }),
    ['REQUEST', 'GetFeatureInfo'],
    ['J', j],
    ['I', dot < 0 ? last : last.slice(0, dot)],
    ['INFOFORMAT', INFO_ENDINGS.get(ending.toLowerCase()) ?? ending],
  ]);
}

/** A RESTful address as the parameters it stands for, so that both are read alike. An unknown ending stays as a format there is not. */
export function kvpOfPath({ layer, style, time, set, matrix, row, last }: WmtsPath): Kvp {
  const dot = last.lastIndexOf('.');
  const ending = dot < 0 ? '' : last.slice(dot + 1);
  return new Map([
    ['SERVICE', 'WMTS'],
    ['REQUEST', 'GetTile'],
    ['VERSION', '1.0.0'],
    ['LAYER', layer],
    ['STYLE', style],
    // A template whose time was left as it stands asks for the default; OWSLib leaves the braces, too.
    ['TIME', time === 'Time' || time === '{Time}' ? 'default' : time],
    ['TILEMATRIXSET', set],
    ['TILEMATRIX', matrix],
    ['TILEROW', row],
    ['TILECOL', dot < 0 ? last : last.slice(0, dot)],
    ['FORMAT', formatOfEnding(ending) ?? ending],
  ]);
}
