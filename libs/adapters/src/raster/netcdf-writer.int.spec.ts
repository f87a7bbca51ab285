import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { writeNetcdf } from './netcdf-writer.js';

it('writes files whose variables, dimensions and attributes GDAL reads as netCDF', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'netcdf-'));
  try {
    const path = join(folder, 'a.nc');
    const values = Float32Array.from({ length: 12 }, (_, i) => i / 2);
    await writeNetcdf(path, {
      attributes: { Conventions: 'CF-1.7' },
      groups: {
        PRODUCT: {
          dimensions: { y: 3, x: 4 },
          variables: { column: { dimensions: ['y', 'x'], values, attributes: { _FillValue: -9, units: 'K' } } },
        },
      },
    });
    const info = JSON.parse(execFileSync('gdalmdiminfo', [path], { encoding: 'utf8' })) as {
      driver: string;
      groups: { PRODUCT: { arrays: { column: { dimensions: string[]; nodata_value: number; unit: string } } } };
    };
    expect(info.driver).toBe('netCDF');
    expect(info.groups.PRODUCT.arrays.column).toMatchObject({
      dimensions: ['/PRODUCT/y', '/PRODUCT/x'],
      nodata_value: -9,
      unit: 'K',
    });
    const text = execFileSync(
      'gdal_translate',
      ['-q', '-of', 'AAIGrid', `NETCDF:${path}:/PRODUCT/column`, '/vsistdout/'],
      { encoding: 'utf8' },
    );
    // GDAL takes arrays without coordinates as bottom-up.
    const numbers = text
      .split('\n')
      .slice(-4, -1)
      .map((line) => line.trim().split(/\s+/).map(Number));
    expect(numbers.flat().toSorted((a, b) => a - b)).toEqual([...values]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
