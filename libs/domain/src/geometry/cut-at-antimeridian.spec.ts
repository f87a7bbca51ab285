import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { cutAtAntimeridian, footprintOf } from './cut-at-antimeridian.js';
import type { Geometry, Polygon, MultiPolygon, Position } from './geometry.js';
import { signedArea, type Ring } from './ring.js';
import { findSelfIntersection, isSimple } from './self-intersection.js';

const EXAMPLES = '../shared/fixtures/stac/resto/antimeridian/examples';

const polygonsOf = (geometry: Polygon | MultiPolygon) =>
  geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;

/** Share of the sphere covered, 0..1. */
function share(geometry: Polygon | MultiPolygon): number {
  const sine = (y: number) => Math.sin((y * Math.PI) / 180);
  return polygonsOf(geometry)
    .flat()
    .reduce((sum, ring) => sum + signedArea(ring.map(([x, y]): Position => [x, sine(y)])) / 720, 0);
}

function expectWellFormed(geometry: Polygon | MultiPolygon): void {
  for (const [outer, ...holes] of polygonsOf(geometry)) {
    expect(signedArea(outer!)).toBeGreaterThan(0);
    for (const hole of holes) expect(signedArea(hole)).toBeLessThan(0);
    for (const ring of [outer!, ...holes]) {
      expect(ring[0]).toEqual(ring.at(-1));
      expect(ring.every(([x, y]) => Math.abs(x) <= 180 && Math.abs(y) <= 90)).toBe(true);
    }
  }
}

const square: Ring = [
  [10, 10],
  [20, 10],
  [20, 20],
  [10, 20],
];

describe('footprintOf (RFC 7946 §3.1.9)', () => {
  it('closes, winds and tidies a ring that stays inside', () => {
    const wanted = { type: 'Polygon', coordinates: [[...square, [10, 10]]] };
    expect(footprintOf([square])).toEqual(wanted);
    expect(footprintOf([[[10, 10], ...square, [10, 20], [10, 10]]])).toEqual(wanted);
    const clockwise = footprintOf([square.toReversed()])!;
    expectWellFormed(clockwise);
  });

  it.each([
    ['as jumps', -170],
    ['as longitudes past 180', 190],
  ])('cuts a square across the antimeridian in two, given %s', (_, east) => {
    const ring: Ring = [
      [170, 40],
      [east, 40],
      [east, 50],
      [170, 50],
      [170, 40],
    ];
    const halves = polygonsOf(footprintOf([ring])!).map(([outer]) => new Set(outer!.map(String)));
    expect(halves).toHaveLength(2);
    expect(halves).toContainEqual(new Set(['170,40', '180,40', '180,50', '170,50']));
    expect(halves).toContainEqual(new Set(['-180,40', '-170,40', '-170,50', '-180,50']));
    expectWellFormed(footprintOf([ring])!);
  });

  it.each([
    ['north', 80, 90],
    ['south', -80, -90],
  ])('closes a ring round the %s pole over the pole', (_, latitude, pole) => {
    const ring: Ring = [0, 90, 180, -90].map((x): Position => [x, latitude]);
    const cap = footprintOf([ring])!;
    expect(cap.type).toBe('Polygon');
    expectWellFormed(cap);
    expect(share(cap)).toBeCloseTo((1 - Math.sin((80 * Math.PI) / 180)) / 2, 12);
    expect(cap.coordinates.flat()).toContainEqual([180, pole]);
    expect(cap.coordinates.flat()).toContainEqual([-180, pole]);
  });

  it.each([0, 100, 180, -90])('knows a swath over both poles at %d° from the rest of the world', (at) => {
    const ring: Ring = [
      [at - 11, 0],
      [at - 90, 88],
      [at + 180, 87],
      [at + 90, 88],
      [at + 11, 0],
      [at + 90, -88],
      [at + 180, -87],
      [at - 90, -88],
    ];
    const swath = footprintOf([ring])!;
    expectWellFormed(swath);
    expect(share(swath)).toBeGreaterThan(0.05);
    expect(share(swath)).toBeLessThan(0.4);
  });

  it('does not cut what only touches the antimeridian', () => {
    const touching: Ring = [
      [170, 0],
      [180, 5],
      [170, 10],
    ];
    expect(footprintOf([touching])?.type).toBe('Polygon');
    const edge: Ring = [
      [170, 0],
      [180, 0],
      [-180, 10],
      [170, 10],
    ];
    expect(footprintOf([edge])).toEqual({ type: 'Polygon', coordinates: [expect.arrayContaining([[180, 10]])] });
  });

  it('gives null for rings without an area', () => {
    expect(footprintOf([])).toBeNull();
    expect(footprintOf([[[1, 1]]])).toBeNull();
  });

  it('keeps the area and stays well formed wherever on Earth a footprint lies', () => {
    const centre = fc.tuple(fc.integer({ min: -540, max: 540 }), fc.integer({ min: -60, max: 60 }));
    const sizes = fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 3, maxLength: 24 });
    fc.assert(
      fc.property(centre, sizes, fc.boolean(), ([x, y], radii, flip) => {
        const star = radii.map((radius, i): Position => {
          const angle = (2 * Math.PI * i) / radii.length;
          return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
        });
        const wrapped = star.map(([lon, lat]): Position => [((((lon + 180) % 360) + 360) % 360) - 180, lat]);
        const wanted = footprintOf([star]);
        const cut = footprintOf([flip ? wrapped.toReversed() : wrapped]);
        if (wanted === null || cut === null) return;
        expectWellFormed(cut);
        expect(isSimple(cut)).toBe(true);
        expect(share(cut)).toBeCloseTo(share(wanted), 9);
      }),
      { examples: [[[539, 0], [1, 4, 1, 1, 4], false]] },
    );
  });
});

describe('cutAtAntimeridian', () => {
  it('cuts lines, and holes with their polygon', () => {
    const line: Geometry = {
      type: 'LineString',
      coordinates: [
        [170, -10],
        [-170, 10],
      ],
    };
    expect(cutAtAntimeridian(line)).toEqual({
      type: 'MultiLineString',
      coordinates: [
        [
          [170, -10],
          [180, 0],
        ],
        [
          [-180, 0],
          [-170, 10],
        ],
      ],
    });
  });

  it('leaves wide boxes that run counter-clockwise as they are (RFC 7946 §3.1.6)', () => {
    const box = (west: number, east: number): Polygon => ({
      type: 'Polygon',
      coordinates: [
        [
          [west, -60],
          [east, -60],
          [east, 60],
          [west, 60],
          [west, -60],
        ],
      ],
    });
    for (const wide of [box(-180, 180), box(-170, 170), box(-10, 175)]) expect(cutAtAntimeridian(wide)).toEqual(wide);
    expect(cutAtAntimeridian(box(170, -170)).type).toBe('MultiPolygon');
    expect(cutAtAntimeridian(box(170, 190)).type).toBe('MultiPolygon');
  });

  const names = [
    'split', 'over-180', 'multi-split', 'complex-split', 'crossing-latitude', 'issues-81', 'one-hole', 'two-holes',
    'one-ccw-hole', 'simple', 'cw-only', 'simple-with-ccw-hole', 'north-pole', 'south-pole', 'both-poles', 'almost-180',
    'point-on-antimeridian', 'great-circle', 'latitude-band', 'issues-124', 'multi-no-antimeridian',
  ]; // prettier-ignore
  const there = existsSync(EXAMPLES);
  if (!there) console.warn('skipped: the antimeridian examples are not here');

  (there ? it : it.skip).each(names)('makes %s well formed', (name) => {
    const geometry = JSON.parse(readFileSync(`${EXAMPLES}/${name}.json`, 'utf8')) as Polygon | MultiPolygon;
    const cut = cutAtAntimeridian(geometry) as Polygon | MultiPolygon;
    expectWellFormed(cut);
    expect([name, ...polygonsOf(cut).flatMap(([outer]) => findSelfIntersection(outer!) ?? [])]).toEqual([name]);
    expect(share(cut)).toBeLessThan(0.5);
    for (const [outer] of polygonsOf(cut)) {
      const crossing = outer!.some(([x], i) => i > 0 && Math.abs(x - outer![i - 1]![0]) > 180);
      const polar = outer!.some(([, y]) => Math.abs(y) === 90);
      expect(crossing && !polar && name !== 'latitude-band').toBe(false);
    }
  });

  (there ? it : it.skip).each(['force-north-pole', 'overlap', 'extra-crossing'])(
    'keeps %s, which crosses itself, inside the map',
    (name) => {
      const geometry = JSON.parse(readFileSync(`${EXAMPLES}/${name}.json`, 'utf8')) as Polygon;
      expectWellFormed(cutAtAntimeridian(geometry) as Polygon | MultiPolygon);
    },
  );
});
