import { InvalidError } from '#domain/errors.js';
import type { BrowsePlan } from '#domain/ports/browse-maker.js';
import type { MissionDescription, ProductInput } from './product-description.js';
import type { ProductName } from './product-name.js';
import { parseSentinel5pAttributes } from './sentinel5p-attributes.js';

/** Main variable of each Level 2 product and the range it is drawn over, in the file's own units. */
const DRAWINGS: Readonly<Record<string, readonly [variable: string, range: readonly [number, number]]>> = {
  L2__NO2___: ['nitrogendioxide_tropospheric_column', [0, 1.5e-4]],
  L2__CO____: ['carbonmonoxide_total_column', [0.015, 0.045]],
  L2__CH4___: ['methane_mixing_ratio', [1750, 1950]],
  L2__O3____: ['ozone_total_vertical_column', [0.1, 0.18]],
  L2__SO2___: ['sulfurdioxide_total_vertical_column', [0, 0.002]],
  L2__HCHO__: ['formaldehyde_tropospheric_vertical_column', [0, 3e-4]],
  L2__AER_AI: ['aerosol_index_354_388', [-1, 3]],
  L2__AER_LH: ['aerosol_mid_height', [0, 5000]],
  L2__CLOUD_: ['cloud_fraction', [0, 1]],
};

/** A Sentinel-5P product from its NetCDF attributes. Throws InvalidError, also for a file under another product's name. */
export function describeSentinel5p(name: ProductName, input: ProductInput): MissionDescription {
  if (input.netcdf === undefined) throw new InvalidError(`${name.name} is not a NetCDF file that can be read.`);
  const attributes = parseSentinel5pAttributes(input.netcdf);
  if (attributes.name !== undefined && attributes.name !== name.name) {
    throw new InvalidError(`The file is named ${name.name}, but says of itself that it is ${attributes.name}.`);
  }
  return { ...attributes, files: [], browse: browse(name, input.paths) };
}

function browse(name: ProductName, paths: readonly string[]): readonly BrowsePlan[] {
  const file = paths.find((path) => path.endsWith('.nc'));
  const [variable, range] = DRAWINGS[String(name.properties['productType'])] ?? [];
  if (file === undefined || variable === undefined || range === undefined) return [];
  return [
    {
      kind: 'swath',
      file,
      variable: `PRODUCT/${variable}`,
      latitude: { file, variable: 'PRODUCT/latitude' },
      longitude: { file, variable: 'PRODUCT/longitude' },
      range,
    },
  ];
}
