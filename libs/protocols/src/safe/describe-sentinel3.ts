import { InvalidError } from '#domain/errors.js';
import type { BrowsePlan } from '#domain/ports/browse-maker.js';
import { parseManifest } from './manifest.js';
import type { MissionDescription, ProductInput } from './product-description.js';
import type { ProductName } from './product-name.js';

/** What to draw of a product type: file, variable, the file with its positions and their names, and the range to stretch. */
type Drawing = readonly [
  file: string,
  variable: string,
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
  OL_1_EFR___: [['Oa08_radiance.nc', 'Oa08_radiance', ...OLCI]],
  OL_1_ERR___: [['Oa08_radiance.nc', 'Oa08_radiance', ...OLCI]],
  OL_2_LFR___: [
    ['gifapar.nc', 'GIFAPAR', ...OLCI, [0, 1]],
    ['ogvi.nc', 'OGVI', ...OLCI, [0, 1]],
  ],
  OL_2_LRR___: [
    ['gifapar.nc', 'GIFAPAR', ...OLCI, [0, 1]],
    ['ogvi.nc', 'OGVI', ...OLCI, [0, 1]],
  ],
  OL_2_WFR___: [['chl_nn.nc', 'CHL_NN', ...OLCI, [-2, 2]]],
  OL_2_WRR___: [['chl_nn.nc', 'CHL_NN', ...OLCI, [-2, 2]]],
  SL_1_RBT___: [['S8_BT_in.nc', 'S8_BT_in', ...SLSTR, [200, 320]]],
  SL_2_LST___: [['LST_in.nc', 'LST', ...SLSTR, [240, 330]]],
  SY_2_SYN___: [['Syn_Oa08_reflectance.nc', 'SDR_Oa08', ...SYNERGY]],
};

/** A Sentinel-3 product from `xfdumanifest.xml`. Throws InvalidError. */
export function describeSentinel3(name: ProductName, input: ProductInput): MissionDescription {
  const source = input.metadata.get('xfdumanifest.xml');
  if (source === undefined) throw new InvalidError('The product has no xfdumanifest.xml.');
  return { ...parseManifest(source), browse: browse(name, input.paths) };
}

function browse(name: ProductName, paths: readonly string[]): readonly BrowsePlan[] {
  const drawings = DRAWINGS[String(name.properties['productType'])] ?? [];
  return drawings.flatMap(([file, variable, positions, latitude, longitude, range]): readonly BrowsePlan[] => {
    if (!paths.includes(file) || !paths.includes(positions)) return [];
    const plan = {
      kind: 'swath',
      file,
      variable,
      latitude: { file: positions, variable: latitude },
      longitude: { file: positions, variable: longitude },
    } as const;
    return [range === undefined ? plan : { ...plan, range }];
  });
}
