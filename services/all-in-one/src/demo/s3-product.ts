import { setHdf5Times } from '#adapters/raster/hdf5-times.js';
import { writeNetcdf, type NetcdfGroupSource, type NetcdfVariableSource } from '#adapters/raster/netcdf-writer.js';
import { FileTree } from './file-tree.js';
import {
  detectors,
  LST_FILL,
  LST_OFFSET,
  LST_SCALE,
  OLCI_BANDS,
  positions,
  radiances,
  RADIANCE_SCALE,
  SUN_ZENITH,
  temperatures,
} from './s3-fields.js';
import { s3Manifest } from './s3-manifest.js';
import { nameS3, type S3Naming, type S3Plan } from './s3-naming.js';
import type { World } from './world.js';

const GRID = ['rows', 'columns'] as const;

/** Writes a Sentinel-3 frame as a SEN3 folder: manifest and NetCDF files. */
export async function makeS3(plan: S3Plan, folder: string, world: World): Promise<void> {
  const naming = nameS3(plan);
  const tree = new FileTree(folder, 'md5');
  const contents =
    plan.type === 'OL_1_EFR___' ? await writeOlci(naming, tree, world) : await writeLst(naming, tree, world);
  await tree.writeManifest('xfdumanifest.xml', s3Manifest(naming, contents, tree.files));
}

/** Shares of the pixels by what they show. */
export type Contents = Readonly<Record<string, number>>;

async function writeOlci(naming: S3Naming, tree: FileTree, world: World): Promise<Contents> {
  await addNetcdf(naming, tree, 'geo_coordinates', olciPositions(naming));
  const { bands, bright } = radiances(naming, world.landscape, world.weather(naming.start));
  for (const [index, { name, wavelength }] of OLCI_BANDS.entries()) {
    const attributes = {
      scale_factor: RADIANCE_SCALE,
      _FillValue: 65_535,
      long_name: `TOA radiance for OLCI acquisition band ${name}`,
      standard_name: 'toa_upwelling_spectral_radiance',
      units: 'mW.m-2.sr-1.nm-1',
      wavelength,
    };
    await addNetcdf(naming, tree, `${name}_radiance`, {
      [`${name}_radiance`]: { dimensions: GRID, values: bands[index]!, attributes },
    });
  }
  await addInstrument(naming, tree);
  return { brightPixels: bright };
}

/** What makes reflectances of radiances; the sun's angle at tie points, 64 pixels apart at most. */
async function addInstrument(naming: S3Naming, tree: FileTree): Promise<void> {
  const { columns, rows } = naming.frame.size;
  const { flux, index } = detectors(naming);
  const irradiance = { units: 'mW.m-2.nm-1', long_name: 'In-band solar irradiance, seasonally corrected' };
  await addNetcdf(naming, tree, 'instrument_data', {
    solar_flux: { dimensions: ['bands', 'columns'], values: flux, attributes: irradiance },
    detector_index: { dimensions: GRID, values: index, attributes: { _FillValue: -1 } },
  }, { bands: 21 }); // prettier-ignore
  const tieColumns = Math.ceil((columns - 1) / 64) + 1;
  const zenith = new Uint32Array(rows * tieColumns).fill(SUN_ZENITH);
  const attributes = { units: 'degrees', scale_factor: 1e-6, _FillValue: 4_294_967_295, long_name: 'Sun Zenith Angle' };
  await addNetcdf(naming, tree, 'tie_geometries', {
    SZA: { dimensions: ['rows', 'tie_columns'], values: zenith, attributes },
  }, { tie_columns: tieColumns }); // prettier-ignore
}

function olciPositions(naming: S3Naming): Readonly<Record<string, NetcdfVariableSource>> {
  const { latitude, longitude } = positions(naming);
  const variable = (name: string, units: string, values: Int32Array): NetcdfVariableSource => ({
    dimensions: GRID,
    values,
    attributes: { scale_factor: 1e-6, _FillValue: -2_147_483_648, standard_name: name, units },
  });
  return {
    latitude: variable('latitude', 'degrees_north', latitude),
    longitude: variable('longitude', 'degrees_east', longitude),
  };
}

async function writeLst(naming: S3Naming, tree: FileTree, world: World): Promise<Contents> {
  const { latitude, longitude } = positions(naming);
  const degrees = (values: Int32Array, name: string): NetcdfVariableSource => ({
    dimensions: GRID,
    values: Float64Array.from(values, (value) => value / 1e6),
    attributes: { standard_name: name, units: name === 'latitude' ? 'degrees_north' : 'degrees_east' },
  });
  await addNetcdf(naming, tree, 'geodetic_in', {
    latitude_in: degrees(latitude, 'latitude'),
    longitude_in: degrees(longitude, 'longitude'),
  });
  const { counts, land, cloudy } = temperatures(naming, world.landscape, world.weather(naming.start));
  const attributes = {
    scale_factor: LST_SCALE,
    add_offset: LST_OFFSET,
    _FillValue: LST_FILL,
    standard_name: 'surface_temperature',
    units: 'K',
  };
  await addNetcdf(naming, tree, 'LST_in', { LST: { dimensions: GRID, values: counts, attributes } });
  return { salineWaterPixels: 1 - land, landPixels: land, cloudyPixels: cloudy };
}

async function addNetcdf(
  naming: S3Naming,
  tree: FileTree,
  name: string,
  variables: Readonly<Record<string, NetcdfVariableSource>>,
  sizes: Readonly<Record<string, number>> = {},
): Promise<void> {
  const { columns, rows } = naming.frame.size;
  const root: NetcdfGroupSource = {
    attributes: {
      title: `Sentinel-3 ${naming.plan.type} demonstration data, not an acquisition`,
      product_name: naming.name,
      start_time: naming.start.toISOString(),
      stop_time: naming.stop.toISOString(),
      absolute_orbit_number: naming.absoluteOrbit,
    },
    dimensions: { rows, columns, ...sizes },
    variables,
  };
  await tree.addFile({ id: `${name}Data`, path: `${name}.nc` }, async (target) => {
    await writeNetcdf(target, root);
    await setHdf5Times(target, naming.made);
  });
}
