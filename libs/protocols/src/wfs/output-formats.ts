import { invalidParameter } from './wfs-error.js';
import type { FeatureForm } from './wfs-request.js';

/** Media type of GeoJSON answers. */
export const GEOJSON_TYPE = 'application/geo+json; charset=utf-8';

/** Names of formats capabilities list beside the version's GML. */
export const LISTED_FORMATS: readonly string[] = ['application/geo+json', 'application/json'];

/** The form an output format means, whatever version of GML it names; GML where none is given. Throws InvalidParameterValue. */
export function parseOutputFormat(text: string | undefined): FeatureForm {
  const format = text?.replaceAll(' ', '+').toLowerCase() ?? 'gml';
  if (/^(application\/(geo\+)?json|geojson|json)\b/.test(format)) return 'geojson';
  if (/^(application\/gml\+xml|text\/xml|application\/xml|gml\d*|text\/gml)\b/.test(format)) return 'gml';
  throw invalidParameter(
    'outputFormat',
    `The output format ${text!.slice(0, 100)} is not served: GML and GeoJSON are.`,
  );
}
