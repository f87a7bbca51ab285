import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NotFoundError, TooLargeError } from '#domain/errors.js';
import { NetcdfFile } from './netcdf-file.js';
import { writeNetcdf, type NetcdfGroupSource } from './netcdf-writer.js';

const S5P = '../shared/fixtures/safe/S5P';
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netcdf-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const source: NetcdfGroupSource = {
  attributes: { Conventions: 'CF-1.7', orbit: 12367 },
  groups: {
    PRODUCT: {
      dimensions: { time: 1, scanline: 3, ground_pixel: 4 },
      variables: {
        latitude: {
          dimensions: ['time', 'scanline', 'ground_pixel'],
          values: Float32Array.from({ length: 12 }, (_, i) => 50 + i),
        },
        column: {
          dimensions: ['time', 'scanline', 'ground_pixel'],
          values: Int16Array.from({ length: 12 }, (_, i) => (i === 5 ? -1 : i)),
          attributes: { _FillValue: -1, scale_factor: 0.5, add_offset: 10, units: 'mol m-2' },
        },
        scanline: { dimensions: ['scanline'], values: Int32Array.of(0, 1, 2) },
      },
    },
    METADATA: { groups: { 'eop:platform': { attributes: { 'eop:shortName': 'Sentinel-5p' } } } },
  },
};

async function written(): Promise<string> {
  const path = join(folder, 'a.nc');
  await writeNetcdf(path, source);
  return path;
}

describe('NetcdfFile', () => {
  it('reads groups, attributes and variables; bare dimensions are none', async () => {
    const file = await NetcdfFile.open(await written());
    const { groups, variables } = file.contents();
    file.close();
    expect(Object.keys(groups)).toEqual(['', 'PRODUCT', 'METADATA', 'METADATA/eop:platform']);
    expect({ ...groups['METADATA/eop:platform'] }).toEqual({ 'eop:shortName': 'Sentinel-5p' });
    expect({ ...groups[''] }).toEqual({ Conventions: 'CF-1.7', orbit: 12367 });
    expect(variables.map(({ path, shape }) => [path, shape])).toEqual([
      ['PRODUCT/scanline', [3]],
      ['PRODUCT/latitude', [1, 3, 4]],
      ['PRODUCT/column', [1, 3, 4]],
    ]);
    expect(readdirSync(folder)).toEqual(['a.nc']);
  });

  it('applies scale, offset and fill value (CF 1.8 §2.5.1, §8.1), and reads parts', async () => {
    const file = await NetcdfFile.open(await written());
    const all = file.read('PRODUCT/column');
    expect(all.shape).toEqual([1, 3, 4]);
    expect([...all.values]).toEqual([10, 10.5, 11, 11.5, 12, NaN, 13, 13.5, 14, 14.5, 15, 15.5]);
    const part = file.read('PRODUCT/column', [
      [0, 1, 1],
      [0, 3, 2],
      [1, 4, 2],
    ]);
    expect(part.shape).toEqual([1, 2, 2]);
    expect([...part.values]).toEqual([10.5, 11.5, 14.5, 15.5]);
    expect(() => file.read('PRODUCT/none')).toThrow(NotFoundError);
    expect(() => file.read('PRODUCT')).toThrow(NotFoundError);
    file.close();
  });

  it('refuses more samples than it may hold', async () => {
    const path = join(folder, 'large.nc');
    await writeNetcdf(path, {
      dimensions: { x: 33e6 },
      variables: { x: { dimensions: ['x'], values: new Int8Array(33e6) } },
    });
    const file = await NetcdfFile.open(path);
    expect(() => file.read('x')).toThrow(TooLargeError);
    file.close();
    rmSync(path);
  });

  it('says what is wrong with a file that is no NetCDF-4, or a broken one', async () => {
    const bytes = readFileSync(await written());
    const cases: [string, Uint8Array, RegExp][] = [
      ['empty.nc', new Uint8Array(0), /empty.nc is empty/],
      ['text.nc', Buffer.from('hello, this is text'), /text.nc is no NetCDF-4/],
      ['old.nc', Buffer.from('CDF\x01aaaaaaaaaaaaaaa'), /classic NetCDF/],
      ['cut.nc', bytes.subarray(0, 2000), /cut.nc is cut short/],
    ];
    for (const [name, content, message] of cases) {
      writeFileSync(join(folder, name), content);
      await expect(NetcdfFile.open(join(folder, name))).rejects.toThrow(message);
      rmSync(join(folder, name));
    }
  });

  it('writes nothing where dimensions do not fit', async () => {
    const values = new Int8Array(5);
    const path = join(folder, 'wrong.nc');
    await expect(writeNetcdf(path, { variables: { a: { dimensions: ['x'], values } } })).rejects.toThrow(
      'there is not',
    );
    await expect(
      writeNetcdf(path, { dimensions: { x: 4 }, variables: { a: { dimensions: ['x'], values } } }),
    ).rejects.toThrow('5 values for a shape of 4');
    expect(existsSync(path) || existsSync(`${path}.partial`)).toBe(false);
  });
});

const present = existsSync(S5P);
if (!present) console.warn(`Skipped: ${S5P} is missing`);

(present ? describe : describe.skip)('NetcdfFile on Sentinel-5P products', () => {
  it('reads the attributes an archive needs', async () => {
    const name = readdirSync(S5P).find((entry) => entry.includes('NO2'))!;
    const file = await NetcdfFile.open(join(S5P, name));
    const { groups } = file.contents();
    file.close();
    expect(groups['']).toMatchObject({
      orbit: 12367,
      id: name.replace('.nc', ''),
      time_coverage_start: expect.stringMatching(/^2020-03-03T/),
    });
    expect(Object.keys(groups)).toContain('METADATA/EOP_METADATA/om:procedure/eop:platform');
    expect(groups['METADATA/EOP_METADATA/om:procedure/eop:platform']).toMatchObject({ 'eop:shortName': 'Sentinel-5p' });
  });
});
