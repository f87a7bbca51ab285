import { wantsHtml } from '#protocols/html/wants-html.js';
import { CRS84, type FeatureCrs } from '#protocols/stac/feature-crs.js';
import { featuresIn } from '#protocols/stac/features-in.js';
import { MEDIA_TYPES } from '#protocols/stac/stac-link.js';
import { sendJson, type Exchange } from './send-json.js';

/** Answers with an item or a page of items in a coordinate reference system, said in `Content-Crs` (OGC 18-058 §6.2.5); maps for people stay in longitude and latitude. */
export async function sendFeatures(
  document: object,
  crs: FeatureCrs = CRS84,
  exchange: Exchange,
  revision?: string,
): Promise<void> {
  const { request, reply } = exchange;
  const { f } = request.query as { readonly f?: unknown };
  if (wantsHtml(f, request.headers.accept)) return sendJson(document, MEDIA_TYPES.geojson, exchange);
  void reply.header('Content-Crs', `<${crs.uri}>`).header('Access-Control-Expose-Headers', 'Content-Crs, ETag');
  await sendJson(featuresIn(document, crs), MEDIA_TYPES.geojson, exchange, revision);
}
