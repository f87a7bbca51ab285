/** Files acquisition reads first and hands to `describeProduct`, by path inside the product's folder. */
const ALWAYS =
  /^(?:manifest\.safe|xfdumanifest\.xml|MTD_MSIL[12][A-C]p?\.xml|S2[A-D]_[A-Z]{4}_MTD_[A-Z0-9]+_[^/]*\.xml|S2[A-D]_[A-Z]{4}_MTD_SAFL[12][A-C]\.xml|preview\/map-overlay\.kml|annotation\/calibration\/calibration-s1[^/]+-grd-(?:vv|vh|hh|hv)-[^/]+\.xml)$/i;
/** One of these is enough: tiles of one product share the orbit, images of one acquisition the viewing geometry. */
const ONE_OF = [/^GRANULE\/[^/]+\/(?:MTD_TL|S2[A-D]_[A-Z]{4}_MTD_[^/]+)\.xml$/i, /^annotation\/s1[^/]+\.xml$/i];

/** Which of a product's files hold the metadata `describeProduct` wants; all are small text files. Paths are relative to the product's folder. */
export function metadataPathsOf(paths: readonly string[]): readonly string[] {
  const sorted = paths.toSorted((a, b) => (a < b ? -1 : 1));
  const first = ONE_OF.flatMap((pattern) => sorted.find((path) => pattern.test(path)) ?? []);
  return [...sorted.filter((path) => ALWAYS.test(path)), ...first];
}
