import { InvalidError } from '#domain/errors.js';
import type { BrowsePlan, SwathValues } from '#domain/ports/browse-maker.js';
import { parseManifest } from './manifest.js';
import type { MissionDescription, ProductInput } from './product-description.js';
import type { ProductName } from './product-name.js';

/** What to draw of a product type: file, variable, its unit, the file with its positions and their names, and the range to stretch. */
type Drawing = readonly [
  file: string,
  variable: string,
  unit: string,
  positions: string,
  latitude: string,
  longitude: string,
  range?: readonly [number, number],
];

const OLCI = ['geo_coordinates.nc', 'latitude', 'longitude'] as const;
const SLSTR = ['geodetic_in.nc', 'latitude_in', 'longitude_in'] as const;
const SYNERGY = ['geolocation.nc', 'lat', 'lon'] as const;

/** By product type; several are tried in order. Variables as in the Sentinel-3 product data format specifications (S3IPF PDS 004, 005, 006). */
const DRAWINGS: Readonly<Record<string, readonly Drawing[]>> = {
  OL_1_EFR___: [['Oa08_radiance.nc', 'Oa08_radiance', 'mW.m-2.sr-1.nm-1', ...OLCI]],
  OL_1_ERR___: [['Oa08_radiance.nc', 'Oa08_radiance', 'mW.m-2.sr-1.nm-1', ...OLCI]],
  OL_2_LFR___: [
    ['gifapar.nc', 'GIFAPAR', '1', ...OLCI, [0, 1]],
    ['ogvi.nc', 'OGVI', '1', ...OLCI, [0, 1]],
  ],
  OL_2_LRR___: [
    ['gifapar.nc', 'GIFAPAR', '1', ...OLCI, [0, 1]],
    ['ogvi.nc', 'OGVI', '1', ...OLCI, [0, 1]],
  ],
  OL_2_WFR___: [['chl_nn.nc', 'CHL_NN', 'lg(mg.m-3)', ...OLCI, [-2, 2]]],
  OL_2_WRR___: [['chl_nn.nc', 'CHL_NN', 'lg(mg.m-3)', ...OLCI, [-2, 2]]],
  SL_1_RBT___: [['S8_BT_in.nc', 'S8_BT_in', 'K', ...SLSTR, [200, 320]]],
  SL_2_LST___: [['LST_in.nc', 'LST', 'K', ...SLSTR, [240, 330]]],
  SY_2_SYN___: [['Syn_Oa08_reflectance.nc', 'SDR_Oa08', '1', ...SYNERGY]],
};

/** Blue, green, red, the red edge and near infrared: true and false colour, NDVI and OTCI; and their centres in nm. */
const OLCI_BANDS = [
  ['04', 490],
  ['06', 560],
  ['08', 665],
  ['10', 681.25],
  ['11', 708.75],
  ['12', 753.75],
  ['17', 865],
] as const;
const COLOURS = ['B08', 'B06', 'B04'] as const;

/** A Sentinel-3 product from `xfdumanifest.xml`. Throws InvalidError. */
export function describeSentinel3(name: ProductName, input: ProductInput): MissionDescription {
  const source = input.metadata.get('xfdumanifest.xml');
  if (source === undefined) throw new InvalidError('The product has no xfdumanifest.xml.');
  return { ...parseManifest(source), browse: browse(name, input.paths) };
}

/** With the values kept; and the picture alone, of products whose values cannot be had. */
function browse(name: ProductName, paths: readonly string[]): readonly BrowsePlan[] {
  const type = String(name.properties['productType']);
  return (DRAWINGS[type] ?? []).flatMap(
    ([file, variable, unit, positions, latitude, longitude, range]): readonly BrowsePlan[] => {
      if (!paths.includes(file) || !paths.includes(positions)) return [];
      const plan = {
        kind: 'swath',
        file,
        variable,
        latitude: { file: positions, variable: latitude },
        longitude: { file: positions, variable: longitude },
        ...(range === undefined ? {} : { range }),
      } as const;
      if (type.startsWith('OL_1_')) return [...olciReflectances(plan, paths), plan];
      const band = variable.replace(/_BT_in$/, '');
      return [{ ...plan, values: [{ name: band, title: variable, unit, file, variable }] }, plan];
    },
  );
}

/** OLCI level 1: reflectances of the bands drawn and of those of the usual indices, where there is what makes them of radiances. */
function olciReflectances(
  picture: Extract<BrowsePlan, { kind: 'swath' }>,
  paths: readonly string[],
): readonly BrowsePlan[] {
  if (!['instrument_data.nc', 'tie_geometries.nc'].every((path) => paths.includes(path))) return [];
  const values = OLCI_BANDS.flatMap(([number, wavelength]): readonly SwathValues[] => {
    const variable = `Oa${number}_radiance`;
    const file = `${variable}.nc`;
    const title = `Reflectance at the top of the atmosphere, ${wavelength} nm`;
    const reflectance = {
      band: Number(number) - 1,
      irradiance: { file: 'instrument_data.nc', variable: 'solar_flux' },
      detector: { file: 'instrument_data.nc', variable: 'detector_index' },
      zenith: { file: 'tie_geometries.nc', variable: 'SZA' },
    };
    return paths.includes(file) ? [{ name: `B${number}`, title, unit: '1', file, variable, reflectance }] : [];
  });
  const hasColours = COLOURS.every((colour) => values.some(({ name }) => name === colour));
  return [{ ...picture, values, ...(hasColours ? { colours: COLOURS } : {}) }];
}
