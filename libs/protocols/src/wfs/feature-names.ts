import { FOOTPRINT } from '#domain/catalog/complement.js';
import { findQueryable } from '#domain/catalog/queryables.js';
import type { FilterNames } from '../fes/filter-names.js';
import { GEOMETRY_PROPERTY, localName } from './feature-type.js';
import { invalidParameter } from './wfs-error.js';

/** Stands in filters for the resource id, which is compiled once the feature types are known. */
export const RESOURCE_ID = '@gml:id';

/** Spellings of the resource id: FES's own (as its parser names it), and as an attribute. */
const RESOURCE_IDS = new Set(['dc:identifier', '@gml:id', '@id', 'gml_id']);

/** Names of the footprint in spatial conditions: its own, GML's for what is around a feature, and what OWSLib writes whatever is asked. */
const GEOMETRIES = new Set([GEOMETRY_PROPERTY, 'boundedBy', 'BoundingBox']);

/** Names in the filters of features: the vocabulary as it is, prefixed, or behind the type's name and a slash. */
export const FEATURE_NAMES: FilterNames = {
  property: (written) => {
    if (RESOURCE_IDS.has(written.trim())) return RESOURCE_ID;
    const name = propertyName(written);
    return name === GEOMETRY_PROPERTY ? FOOTPRINT : name;
  },
  geometry: (written) => {
    if (written === undefined || GEOMETRIES.has(lastStep(written))) return;
    throw invalidParameter('Filter', `${written.slice(0, 200)} is no geometry: it is ${GEOMETRY_PROPERTY}.`);
  },
};

/** The property a name means. Throws InvalidParameterValue. */
export function propertyName(written: string, locator = 'Filter'): string {
  const name = lastStep(written);
  if (name === GEOMETRY_PROPERTY || findQueryable(name) !== undefined) return name;
  throw invalidParameter(locator, `Features have no property ${written.trim().slice(0, 200)}.`);
}

function lastStep(written: string): string {
  return localName(written.slice(written.lastIndexOf('/') + 1));
}
