import type { Collection } from '#domain/collection/collection.js';

/** The name resto's clients know a mission by, e.g. `Sentinel2`. */
export function restoCollectionName(collection: Collection): string {
  return collection.mission.replaceAll('-', '');
}

/** `S2A` of `sentinel-2a`: resto's name of a satellite. */
export function restoPlatform(platform: string | undefined): string | undefined {
  return platform?.replace(/^sentinel-?/i, 'S').toUpperCase();
}

/**
 * The collections a name in a path stands for: all of a mission (`Sentinel2`, `SENTINEL-2`, `S2`, SARA's and PEPS' `S2ST`), or one by id or short name
 * (`sentinel-2-l1c`, `S2_MSI_L1C`). Empty where there is none.
 */
export function findRestoCollections(name: string, collections: readonly Collection[]): readonly Collection[] {
  const wanted = name.trim().toLowerCase();
  const one = collections.filter(
    ({ id, shortName }) => id.toLowerCase() === wanted || shortName.toLowerCase() === wanted,
  );
  if (one.length > 0) return one;
  const number = /^s(?:entinel)?[-_ ]?(\dp?)(?:st)?$/.exec(wanted)?.[1];
  return number === undefined
    ? []
    : collections.filter(({ mission }) => mission.toLowerCase() === `sentinel-${number}`);
}
