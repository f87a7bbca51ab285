import { describe, expect, it } from '@jest/globals';
import { Proj4CoordinateSystems } from './proj4-coordinate-systems.js';

const systems = new Proj4CoordinateSystems();
type Box = [number, number, number, number];

describe('Proj4CoordinateSystems', () => {
  it.each<[string, Box, Box, number]>([
    ['CRS:84', [10, 47, 12, 48], [10, 47, 12, 48], 0],
    ['EPSG:4326', [-200, -100, 200, 100], [-180, -90, 180, 90], 0],
    ['CRS:84', [0, -90, 360, 90], [-180, -90, 180, 90], 0],
    ['CRS:84', [170, 0, 190, 10], [170, 0, -170, 10], 0],
    ['CRS:84', [-190, 0, -170, 10], [170, 0, -170, 10], 0],
    ['CRS:84', [200, 0, 210, 10], [-160, 0, -150, 10], 0],
    ['CRS:84', [170, 0, 180, 10], [170, 0, 180, 10], 0],
    ['CRS:84', [-180, 0, -170, 10], [-180, 0, -170, 10], 0],
    ['EPSG:3857', [18924313.4349, 0, 21150703.25, 1118889.9749], [170, 0, -170, 10], 1e-6],
    ['EPSG:3857', [1113194.9079, 5942074.0724, 1335833.8895, 6106854.8349], [10, 47, 12, 48], 1e-6],
    ['EPSG:3857', [-20037508.34, -20037508.34, 20037508.34, 20037508.34], [-180, -85.051, 180, 85.051], 1e-3],
    ['EPSG:32632', [600000, 5300000, 709800, 5409800], [10.3, 47.8, 11.9, 48.9], 0.25],
    ['EPSG:25832', [600000, 5300000, 709800, 5409800], [10.3, 47.8, 11.9, 48.9], 0.25],
    ['EPSG:3035', [4321000, 2600000, 4521000, 2800000], [10, 46.5, 12.8, 48.4], 0.4],
    ['EPSG:31468', [4468000, 5334000, 4470000, 5336000], [11.57, 48.14, 11.6, 48.16], 0.02],
    ['EPSG:32760', [600000, 8000000, 850000, 8200000], [177.9, -18.1, -179.7, -16.2], 0.4],
    ['EPSG:3413', [-1000000, -1000000, 1000000, 1000000], [-180, 77, 180, 90], 1.5],
  ])('%s %p holds %p', (crs, bbox, expected, tolerance) => {
    const bounds = systems.geographicBounds(crs, bbox);
    bounds?.forEach((edge, index) => expect(Math.abs(edge - (expected[index] ?? NaN))).toBeLessThanOrEqual(tolerance));
    expect(bounds).toHaveLength(4);
  });

  it('has no bounds off the Earth, and no unknown systems', () => {
    expect(systems.geographicBounds('CRS:84', [0, 91, 10, 95])).toBeUndefined();
    expect(() => systems.geographicBounds('EPSG:1', [0, 0, 1, 1])).toThrow('EPSG:1');
  });
});
