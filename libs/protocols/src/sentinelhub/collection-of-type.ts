/** Sentinel Hub's type names, each with the collections it means. */
const TYPES: ReadonlyMap<string, RegExp> = new Map([
  ['DSS1', /^sentinel-2-l1c$/],
  ['S2.TILE', /^sentinel-2-l1c$/],
  ['DSS2', /^sentinel-2-l2a$/],
  ['DSS3', /^sentinel-1-grd$/],
  ['DSS7', /^sentinel-5p-l2-/],
  ['DSS8', /^sentinel-3-olci-1-e[fr]r$/],
  ['DSS9', /^sentinel-3-slstr-1-/],
  ['DSS22', /^sentinel-3-(?:olci|slstr|synergy|syn)-2-/],
]);

/** Which of the collections a type name means: `DSS2`, or the id of a collection; undefined for a name that is neither. */
export function collectionsOfType(typeName: string, collections: readonly string[]): readonly string[] | undefined {
  const pattern = TYPES.get(typeName.toUpperCase());
  if (pattern !== undefined) return collections.filter((id) => pattern.test(id));
  return collections.includes(typeName) ? [typeName] : undefined;
}
