import type { FilterNames } from '../fes/filter-names.js';
import { CORE_QUERYABLES } from './core-queryables.js';
import { invalidValue } from './csw-error.js';
import type { CswQueryable } from './csw-queryable.js';
import { EO_QUERYABLES } from './eo-queryables.js';
import { INSPIRE_QUERYABLES, ISO_QUERYABLES } from './iso-queryables.js';

/** Every queryable of the catalogue service that is no geometry. */
export const CSW_QUERYABLES: readonly CswQueryable[] = [
  ...CORE_QUERYABLES,
  ...ISO_QUERYABLES,
  ...EO_QUERYABLES,
  ...INSPIRE_QUERYABLES,
];

/** Local names of the geometry, lower case. */
const GEOMETRIES = new Set(['boundingbox', 'wgs84boundingbox', 'geometry', 'the_geom', 'envelope', 'footprint']);

const BY_LOCAL_NAME = new Map(
  CSW_QUERYABLES.flatMap((each) =>
    [localName(each.name), ...(each.aliases ?? [])].map((name) => [name, each] as const),
  ),
);
const BY_NAME = new Map(CSW_QUERYABLES.map((each) => [each.name, each]));

/** The queryable of a canonical name. */
export function cswQueryable(name: string): CswQueryable | undefined {
  return BY_NAME.get(name);
}

/** The queryable a client names: any prefix, any case, with a path before or the text element of ISO behind. InvalidParameterValue where there is none. */
export function findCswQueryable(name: string): CswQueryable {
  const found = BY_LOCAL_NAME.get(localName(name));
  if (found !== undefined) return found;
  const problem = GEOMETRIES.has(localName(name))
    ? 'is a geometry: compare it by BBOX or another spatial operator'
    : 'is not known here';
  throw invalidValue(name, `The property ${name.slice(0, 200)} ${problem}.`);
}

/** What the filter languages are told about names. */
export const CSW_NAMES: FilterNames = {
  property: (name) => findCswQueryable(name).name,
  geometry: (name) => {
    if (name === undefined || GEOMETRIES.has(localName(name))) return;
    throw invalidValue(name, `The property ${name.slice(0, 200)} is no geometry; ows:BoundingBox is.`);
  },
};

function localName(name: string): string {
  const steps = name.split('/').filter((step) => !/^gco:|^@|^$/.test(step));
  const last = steps.at(-1) ?? '';
  return last.slice(last.lastIndexOf(':') + 1).toLowerCase();
}
