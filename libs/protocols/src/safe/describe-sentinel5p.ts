import { InvalidError } from '#domain/errors.js';
import type { BrowsePlan } from '#domain/ports/browse-maker.js';
import type { MissionDescription, ProductInput } from './product-description.js';
import type { ProductName } from './product-name.js';
import { parseSentinel5pAttributes } from './sentinel5p-attributes.js';

/** Main variable of each Level 2 product, the range it is drawn over, in the file's own units, and the band its values are kept as. */
type Drawing = readonly [variable: string, range: readonly [number, number], band: string, title: string, unit: string];

const DRAWINGS: Readonly<Record<string, Drawing>> = {
  L2__NO2___: ['nitrogendioxide_tropospheric_column', [0, 1.5e-4], 'NO2', 'Nitrogen dioxide, tropospheric column', 'mol/m2'],
  L2__CO____: ['carbonmonoxide_total_column', [0.015, 0.045], 'CO', 'Carbon monoxide, total column', 'mol/m2'],
  L2__CH4___: ['methane_mixing_ratio', [1750, 1950], 'CH4', 'Methane, mixing ratio', 'ppb'],
  L2__O3____: ['ozone_total_vertical_column', [0.1, 0.18], 'O3', 'Ozone, total column', 'mol/m2'],
  L2__SO2___: ['sulfurdioxide_total_vertical_column', [0, 0.002], 'SO2', 'Sulphur dioxide, total column', 'mol/m2'],
  L2__HCHO__: ['formaldehyde_tropospheric_vertical_column', [0, 3e-4], 'HCHO', 'Formaldehyde, tropospheric column', 'mol/m2'],
  L2__AER_AI: ['aerosol_index_354_388', [-1, 3], 'AER_AI', 'Aerosol index, 354 and 388 nm', '1'],
  L2__AER_LH: ['aerosol_mid_height', [0, 5000], 'AER_LH', 'Aerosol layer, height', 'm'],
  L2__CLOUD_: ['cloud_fraction', [0, 1], 'CLOUD', 'Cloud fraction', '1'],
}; // prettier-ignore

/** Least `qa_value` of pixels kept: the product user manuals recommend 0.75 for nitrogen dioxide and 0.5 for the others. */
const LEAST_QUALITY: Readonly<Record<string, number>> = { L2__NO2___: 0.75 };
const OTHERS_QUALITY = 0.5;

/** A Sentinel-5P product from its NetCDF attributes. Throws InvalidError, also for a file under another product's name. */
export function describeSentinel5p(name: ProductName, input: ProductInput): MissionDescription {
  if (input.netcdf === undefined) throw new InvalidError(`${name.name} is not a NetCDF file that can be read.`);
  const attributes = parseSentinel5pAttributes(input.netcdf);
  if (attributes.name !== undefined && attributes.name !== name.name) {
    throw new InvalidError(`The file is named ${name.name}, but says of itself that it is ${attributes.name}.`);
  }
  return { ...attributes, files: [], browse: browse(name, input.paths) };
}

/** With the values kept; and the picture alone, of products without usable quality. */
function browse(name: ProductName, paths: readonly string[]): readonly BrowsePlan[] {
  const type = String(name.properties['productType']);
  const file = paths.find((path) => path.endsWith('.nc'));
  const drawing = DRAWINGS[type];
  if (file === undefined || drawing === undefined) return [];
  const [main, range, band, title, unit] = drawing;
  const variable = `PRODUCT/${main}`;
  const quality = { file, variable: 'PRODUCT/qa_value', least: LEAST_QUALITY[type] ?? OTHERS_QUALITY };
  const picture = {
    kind: 'swath',
    file,
    variable,
    latitude: { file, variable: 'PRODUCT/latitude' },
    longitude: { file, variable: 'PRODUCT/longitude' },
    range,
  } as const;
  return [{ ...picture, values: [{ name: band, title, unit, file, variable, quality }] }, picture];
}
