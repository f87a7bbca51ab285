import { CATALOG_FUNCTIONS, type FunctionType } from '#domain/catalog/catalog-functions.js';

/** How OGC 19-079r2 spells the types. */
const TYPES: Readonly<Record<FunctionType, string>> = {
  number: 'number',
  text: 'string',
  instant: 'datetime',
  geometry: 'geometry',
};

/** The functions filters may use (CQL2 conformance class functions, OGC 19-079r2 §7.5). */
export function writeFunctions(): object {
  return {
    functions: CATALOG_FUNCTIONS.map(({ name, description, takes, gives }) => ({
      name,
      description,
      arguments: takes.map(([title, type]) => ({ title, type: [TYPES[type]] })),
      returns: [TYPES[gives]],
    })),
  };
}
