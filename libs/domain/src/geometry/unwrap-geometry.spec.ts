import { describe, expect, it } from '@jest/globals';
import type { Geometry, Polygon } from './geometry.js';
import { staysWithinWorld, unwrapGeometry } from './unwrap-geometry.js';

const polygon = (...rings: [number, number][][]): Polygon => ({
  type: 'Polygon',
  coordinates: rings.map((ring) => [...ring, ring[0]!]),
});

describe('unwrapGeometry', () => {
  it('lets a ring that jumps from 170 to -170 go on to 190', () => {
    const ring = polygon([
      [170, 40],
      [-170, 40],
      [-170, 50],
      [170, 50],
    ]);
    expect(unwrapGeometry(ring)).toEqual(
      polygon([
        [170, 40],
        [190, 40],
        [190, 50],
        [170, 50],
      ]),
    );
  });

  it('leaves a wide box that runs counter-clockwise as written (RFC 7946 §3.1.6)', () => {
    const wide = polygon([
      [-170, -10],
      [170, -10],
      [170, 10],
      [-170, 10],
    ]);
    expect(unwrapGeometry(wide)).toEqual(wide);
  });

  it('closes a ring around the north pole over it, and one around the south pole', () => {
    const north = unwrapGeometry(
      polygon([
        [45, 40],
        [135, 40],
        [-135, 40],
        [-45, 40],
      ]),
    ) as Polygon;
    expect(north.coordinates[0]).toEqual([
      [45, 40],
      [135, 40],
      [225, 40],
      [315, 40],
      [405, 40],
      [405, 90],
      [45, 90],
      [45, 40],
    ]);
    const south = unwrapGeometry(
      polygon([
        [45, -80],
        [-45, -80],
        [-135, -80],
        [135, -80],
      ]),
    ) as Polygon;
    expect(south.coordinates[0]?.slice(-3)).toEqual([
      [-315, -90],
      [45, -90],
      [45, -80],
    ]);
  });

  it('keeps a hole inside its shell', () => {
    const unwrapped = unwrapGeometry(
      polygon(
        [
          [170, 40],
          [-170, 40],
          [-170, 60],
          [170, 60],
        ],
        [
          [-178, 45],
          [-178, 55],
          [-172, 55],
          [-172, 45],
        ],
      ),
    ) as Polygon;
    expect(unwrapped.coordinates[1]?.[0]).toEqual([182, 45]);
  });

  it('tells whether anything lies beyond the antimeridian', () => {
    const line: Geometry = {
      type: 'LineString',
      coordinates: [
        [170, -10],
        [-170, 10],
      ],
    };
    expect(staysWithinWorld(line)).toBe(true);
    expect(staysWithinWorld(unwrapGeometry(line))).toBe(false);
  });
});
