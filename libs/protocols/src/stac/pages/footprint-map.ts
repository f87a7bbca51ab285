import type { Geometry, Position } from '#domain/geometry/geometry.js';
import { html, type Html } from '../../html/html.js';
import { link } from './page-shell.js';

/** One outline of a map; `href` leads to what it is of. */
export interface Outline {
  readonly title: string;
  readonly geometry: Geometry;
  readonly href?: string | undefined;
}

interface Frame {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** Steps between lines of the graticule, in degrees. */
const STEPS = [0.5, 1, 2, 5, 10, 30];
/** Most lines each way. */
const MOST_LINES = 8;
/** Positions of one outline are thinned to about this many: a picture of a few hundred pixels shows no more. */
const MOST_POSITIONS = 400;

/** Draws outlines over a graticule (longitude and latitude as x and y) as inline SVG without script; undefined where there is nothing to draw. */
export function footprintMap(outlines: readonly Outline[]): Html | undefined {
  const drawn = outlines.map((outline) => ({ ...outline, rings: ringsOf(outline.geometry) }));
  const frame = frameOf(drawn.flatMap(({ rings }) => rings.flat()));
  if (frame === undefined) return undefined;
  const [width, height] = [frame.east - frame.west, frame.north - frame.south];
  return html`<svg
    class="map"
    viewBox="${round(frame.west)} ${round(-frame.north)} ${round(width)} ${round(height)}"
    role="${outlines.some(({ href }) => href !== undefined) ? 'group' : 'img'}"
    aria-label="Map of ${outlines.length === 1 ? 'one footprint' : `${outlines.length} footprints`}"
  >
    ${graticule(frame)}${drawn.map(drawOutline)}
  </svg>`;
}

function drawOutline({ title, href, rings }: Outline & { readonly rings: readonly (readonly Position[])[] }): Html {
  const path = html`<path class="foot" d="${rings.map(pathOf).join('')}"><title>${title}</title></path>`;
  return href === undefined ? path : html`<a href="${link(href)}" aria-label="${title}">${path}</a>`;
}

function pathOf(ring: readonly Position[]): string {
  const step = Math.max(1, Math.ceil(ring.length / MOST_POSITIONS));
  const shown = ring.filter((_, index) => index % step === 0 || index === ring.length - 1);
  return shown.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(-y)}`).join('');
}

/** Rings and lines; a point as a ring around it. What lies on both sides of the antimeridian is drawn in one piece. */
function ringsOf(geometry: Geometry): readonly (readonly Position[])[] {
  const rings = partsOf(geometry);
  const xs = rings.flat().map(([x]) => x);
  const isCut = xs.includes(180) && xs.includes(-180) && !xs.some((x) => Math.abs(x) < 90);
  return isCut ? rings.map((ring) => ring.map(([x, y]): Position => [x < 0 ? x + 360 : x, y])) : rings;
}

function partsOf(geometry: Geometry): readonly (readonly Position[])[] {
  switch (geometry.type) {
    case 'Point':
      return [around(geometry.coordinates)];
    case 'MultiPoint':
      return geometry.coordinates.map(around);
    case 'LineString':
      return [geometry.coordinates];
    case 'MultiLineString':
    case 'Polygon':
      return geometry.coordinates;
    case 'MultiPolygon':
      return geometry.coordinates.flat();
    case 'GeometryCollection':
      return geometry.geometries.flatMap(partsOf);
  }
}

function around([x, y]: Position): readonly Position[] {
  return [
    [x - 0.1, y],
    [x, y + 0.1],
    [x + 0.1, y],
    [x, y - 0.1],
    [x - 0.1, y],
  ];
}

/** A little larger than what is drawn, at least two degrees, and never flatter than four to one. */
function frameOf(positions: readonly Position[]): Frame | undefined {
  if (positions.length === 0) return undefined;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of positions) {
    [west, east] = [Math.min(west, x), Math.max(east, x)];
    [south, north] = [Math.min(south, y), Math.max(north, y)];
  }
  const width = Math.max((east - west) * 1.2, (north - south) * 1.6, 4);
  const height = Math.max((north - south) * 1.2, width / 4, 2);
  const [x, y] = [(west + east) / 2, (south + north) / 2];
  return { west: x - width / 2, east: x + width / 2, south: y - height / 2, north: y + height / 2 };
}

function graticule(frame: Frame): readonly Html[] {
  const { west, south, east, north } = frame;
  const span = east - west;
  const step = STEPS.find((each) => span / each <= MOST_LINES) ?? 60;
  const size = round(span / 55);
  const meridians = multiples(west, east, step).map(
    (x) =>
      html`<line class="grid" x1="${x}" x2="${x}" y1="${round(-north)}" y2="${round(-south)}" /><text
          font-size="${size}"
          x="${round(x + span / 300)}"
          y="${round(-south - span / 150)}"
          >${degreesOf(x > 180 ? x - 360 : x, 'E', 'W')}</text
        >`,
  );
  const parallels = multiples(Math.max(-90, south), Math.min(90, north), step).map(
    (y) =>
      html`<line class="grid" y1="${-y}" y2="${-y}" x1="${round(west)}" x2="${round(east)}" /><text
          font-size="${size}"
          x="${round(west + span / 300)}"
          y="${round(-y - span / 300)}"
          >${degreesOf(y, 'N', 'S')}</text
        >`,
  );
  return [...meridians, ...parallels];
}

function multiples(from: number, to: number, step: number): readonly number[] {
  const first = Math.ceil(from / step);
  const last = Math.floor(to / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * step);
}

function degreesOf(value: number, positive: string, negative: string): string {
  return `${Math.abs(value)}°${value > 0 ? positive : value < 0 ? negative : ''}`;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
