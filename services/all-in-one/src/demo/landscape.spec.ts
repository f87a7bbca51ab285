import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bareGround, Landscape } from './landscape.js';
import { Noise } from './noise.js';
import { fromUtm, s2Tile, TILE_METRES, TilePositions } from './s2-tile.js';
import { Weather } from './weather.js';

const landscape = new Landscape(1);
const look = (longitude: number, latitude: number) => {
  const ground = bareGround();
  landscape.look(longitude, latitude, 0.15, ground);
  return ground;
};

describe('the landscape', () => {
  it('has sea and land, towns, mountains and lakes where they are', () => {
    expect(look(7.2, 54.6).water).toBe(1);
    expect(look(11, 55.0).water).toBe(1);
    expect(look(10, 51.3).water).toBeLessThan(1);
    expect(look(9.3, 47.62).water).toBe(1);
    expect(look(10.7, 46.7).height).toBeGreaterThan(1000);
    expect(look(11.57, 48.14).town).toBeGreaterThan(0.3);
  });

  it('is the same for the same seed and another for another', () => {
    expect(new Noise(5).fractal(3.3, 4.4, 5)).toBe(new Noise(5).fractal(3.3, 4.4, 5));
    expect(new Noise(5).fractal(3.3, 4.4, 5)).not.toBe(new Noise(6).fractal(3.3, 4.4, 5));
  });

  it('keeps shares between 0 and 1 anywhere in Europe', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -6, max: 24, noNaN: true }),
        fc.double({ min: 45, max: 58, noNaN: true }),
        (x, y) => {
          const { water, forest, town, crop } = look(x, y);
          for (const share of [water, forest, town, crop]) {
            expect(share).toBeGreaterThanOrEqual(0);
            expect(share).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });

  it('has about as many clouds as it is told', () => {
    for (const cover of [0.05, 0.2, 0.5]) {
      const weather = new Weather(1, '2026-06-04', cover);
      let clouds = 0;
      for (let i = 0; i < 10_000; i++) if (weather.cloud((i % 100) / 4, 40 + Math.floor(i / 100) / 4) > 0.25) clouds++;
      expect(Math.abs(clouds / 10_000 - cover)).toBeLessThan(0.12);
    }
  });
});

describe('positions of tile pixels', () => {
  it('are where UTM has them, within a metre', () => {
    const tile = s2Tile('32UPC');
    const positions = new TilePositions(tile, 732);
    for (const [column, row] of [
      [0, 0],
      [731, 731],
      [17, 500],
      [400, 9],
    ] as const) {
      // prettier-ignore
      const pixel = TILE_METRES / 732;
      const exact = fromUtm(32)(tile.west + (column + 0.5) * pixel, tile.north - (row + 0.5) * pixel);
      positions.moveTo(column, row);
      expect(Math.abs(positions.longitude - exact[0])).toBeLessThan(1e-5);
      expect(Math.abs(positions.latitude - exact[1])).toBeLessThan(1e-5);
    }
  });
});
