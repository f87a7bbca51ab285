import type { BrowsePlan, SolarReference, SwathValues } from '#domain/ports/browse-maker.js';
import type { LocalFile } from './read-product.js';

/** A plan whose files are on local disk, from one whose files are paths in the product. */
export async function localPlan(plan: BrowsePlan, unpack: LocalFile): Promise<BrowsePlan> {
  const localFile = once(unpack);
  const local = <T extends InFile>(one: T): Promise<T> => localised(one, localFile);
  switch (plan.kind) {
    case 'jp2-bands': {
      const [red, green, blue] = plan.files;
      return { ...plan, files: [await localFile(red), await localFile(green), await localFile(blue)] };
    }
    case 'swath':
      return {
        ...(await local(plan)),
        latitude: await local(plan.latitude),
        longitude: await local(plan.longitude),
        ...(plan.values === undefined ? {} : { values: await all(plan.values, (one) => localValues(one, localFile)) }),
      };
    case 'sar':
      return { ...plan, images: await all(plan.images, local) };
    case 'jp2-rgb':
    case 'jp2-grey':
    case 'gcp-tiff':
    case 'picture':
    case 'geotiff':
      return local(plan);
  }
}

interface InFile {
  readonly file: string;
}

async function localised<T extends InFile>(one: T, localFile: LocalFile): Promise<T> {
  return { ...one, file: await localFile(one.file) };
}

async function localValues(given: SwathValues, localFile: LocalFile): Promise<SwathValues> {
  const { quality, reflectance, ...rest } = given;
  return {
    ...(await localised(rest, localFile)),
    ...(quality === undefined ? {} : { quality: await localised(quality, localFile) }),
    ...(reflectance === undefined ? {} : { reflectance: await localSun(reflectance, localFile) }),
  };
}

async function localSun(given: SolarReference, localFile: LocalFile): Promise<SolarReference> {
  return {
    band: given.band,
    irradiance: await localised(given.irradiance, localFile),
    detector: await localised(given.detector, localFile),
    zenith: await localised(given.zenith, localFile),
  };
}

/** Several bands may need the same file: it is unpacked for the first. */
function once(localFile: LocalFile): LocalFile {
  const known = new Map<string, Promise<string>>();
  return (path) => {
    const file = known.get(path) ?? localFile(path);
    known.set(path, file);
    return file;
  };
}

/** One after the other: unpacking is reading and writing. */
async function all<T>(given: readonly T[], localise: (one: T) => Promise<T>): Promise<readonly T[]> {
  const done: T[] = [];
  for (const one of given) done.push(await localise(one));
  return done;
}
