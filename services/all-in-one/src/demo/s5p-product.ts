import { setHdf5Times } from '#adapters/raster/hdf5-times.js';
import { writeNetcdf, type NetcdfGroupSource } from '#adapters/raster/netcdf-writer.js';
import { columnsOfGas, FILL } from './s5p-gas.js';
import { s5pAttributes, s5pMetadata } from './s5p-metadata.js';
import { GASES, GRANULE_SECONDS, nameS5p, type S5pNaming, type S5pPlan } from './s5p-naming.js';
import type { World } from './world.js';

/** Writes a Sentinel-5P product: one NetCDF-4 file with the groups PRODUCT and METADATA. */
export async function makeS5p(plan: S5pPlan, file: string, world: World): Promise<void> {
  const naming = nameS5p(plan);
  await writeNetcdf(file, {
    attributes: s5pAttributes(naming),
    groups: { PRODUCT: productGroup(naming, world), METADATA: s5pMetadata(naming) },
  });
  await setHdf5Times(file, naming.made);
}

function productGroup(naming: S5pNaming, world: World): NetcdfGroupSource {
  const { columns, rows } = naming.frame.size;
  const count = columns * rows;
  const [latitude, longitude] = [new Float32Array(count), new Float32Array(count)];
  naming.frame.forEach((place, at) => {
    longitude[at] = place[0];
    latitude[at] = place[1];
  });
  const { amounts, quality } = columnsOfGas(naming, world);
  const pixels = ['time', 'scanline', 'ground_pixel'];
  const { variable, name } = GASES[naming.plan.gas];
  const degrees = (which: string, units: string) => ({ standard_name: which, units, _FillValue: FILL });
  const midnight = Date.UTC(naming.start.getUTCFullYear(), naming.start.getUTCMonth(), naming.start.getUTCDate());
  const sinceMidnight = Int32Array.from(
    { length: rows },
    (_, row) => naming.start.getTime() - midnight + (GRANULE_SECONDS * 1000 * row) / rows,
  );
  return {
    dimensions: { time: 1, scanline: rows, ground_pixel: columns },
    variables: {
      time: { dimensions: ['time'], values: Int32Array.of(midnight / 1000 - TIME_ORIGIN), attributes: { standard_name: 'time', units: 'seconds since 2010-01-01 00:00:00' } },
      scanline: { dimensions: ['scanline'], values: Int32Array.from({ length: rows }, (_, row) => row), attributes: { units: '1', axis: 'Y' } },
      ground_pixel: { dimensions: ['ground_pixel'], values: Int32Array.from({ length: columns }, (_, column) => column), attributes: { units: '1', axis: 'X' } },
      delta_time: { dimensions: ['time', 'scanline'], values: sinceMidnight, attributes: { units: 'milliseconds' } },
      latitude: { dimensions: pixels, values: latitude, attributes: degrees('latitude', 'degrees_north') },
      longitude: { dimensions: pixels, values: longitude, attributes: degrees('longitude', 'degrees_east') },
      qa_value: { dimensions: pixels, values: quality, attributes: { units: '1', scale_factor: 0.01, _FillValue: 255 } },
      [variable]: { dimensions: pixels, values: amounts, attributes: { units: 'mol m-2', standard_name: name, coordinates: 'longitude latitude', _FillValue: FILL } },
    },
  }; // prettier-ignore
}

/** 2010-01-01, in seconds since 1970. */
const TIME_ORIGIN = Date.UTC(2010, 0, 1) / 1000;
