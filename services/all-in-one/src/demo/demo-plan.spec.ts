import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { InvalidError } from '#domain/errors.js';
import { parseProductName } from '#protocols/safe/parse-product-name.js';
import { demoPlans, nameOf } from './demo-plan.js';
import { s2Tile } from './s2-tile.js';

const names = demoPlans().map(nameOf);

describe('the plan of the demo archive', () => {
  it('has sixty products, each once, all missions', () => {
    expect(new Set(names).size).toBe(60);
    const missions = names.map((name) => parseProductName(name).mission);
    const count = (mission: string) => missions.filter((one) => one === mission).length;
    expect(['sentinel-1', 'sentinel-2', 'sentinel-3', 'sentinel-5p'].map(count)).toEqual([12, 28, 10, 10]);
  });

  it('begins with one of each sort', () => {
    const types = names.slice(0, 7).map((name) => parseProductName(name).properties['productType']);
    expect(new Set(types)).toEqual(
      new Set(['IW_GRDH_1S', 'L2__CO____', 'L2__NO2___', 'OL_1_EFR___', 'S2MSI1C', 'S2MSI2A', 'SL_2_LST___']), // prettier-ignore
    );
  });

  it('lies in the months from May to August 2026', () => {
    const months = names.map((name) => parseProductName(name).acquiredFrom?.toISOString().slice(0, 7));
    expect(new Set(months)).toEqual(new Set(['2026-05', '2026-06', '2026-07', '2026-08']));
  });

  it('gives Sentinel-1 orbits the relative numbers they are said to have (absolute minus 73, modulo 175, plus 1)', () => {
    const relative = names
      .filter((name) => name.startsWith('S1A'))
      .map((name) => parseProductName(name).properties['relativeOrbit']);
    expect(new Set(relative)).toEqual(new Set([117, 139]));
  });
});

describe('the Sentinel-2 grid', () => {
  it.each([
    ['34UCF', 34, 300_000, 6_100_020],
    ['32TPS', 32, 600_000, 5_200_020],
    ['32UPC', 32, 600_000, 5_800_020],
    ['33UUU', 33, 300_000, 5_900_040],
  ])('places %s', (name, zone, west, north) => {
    expect(s2Tile(name)).toEqual({ name, zone, west, north });
  });

  it.each(['32UIC', '32XPC', '32UZC', 'UPC'])('refuses %s', (name) => {
    expect(() => s2Tile(name)).toThrow(InvalidError);
  });

  const file = '../shared/fixtures/regions/s2_tiles_derived.geojson';
  if (!existsSync(file)) console.log(`skipped: ${file} is not here`);
  (existsSync(file) ? it : it.skip)('agrees with the published tiles of these bands', () => {
    const published = JSON.parse(readFileSync(file, 'utf8')) as {
      features: { properties: { tile: string; ulx: number; uly: number; source: string } }[];
    };
    const known = published.features
      .map(({ properties }) => properties)
      // The places of GDAL's own test product are invented.
      .filter(({ tile, source }) => /^\d\d[TUV]/.test(tile) && !source.includes('/fake_l1c/'));
    expect(known.length).toBeGreaterThan(0);
    for (const { tile, ulx, uly } of known) {
      expect(s2Tile(tile)).toMatchObject({ name: tile, west: ulx, north: uly });
    }
  });
});
