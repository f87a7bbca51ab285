import { html, type Html } from '../html/html.js';
import { aggregateBody, aggregateParameters } from './aggregate-request.js';
import { collectionsParameters } from './collection-search.js';
import { deletionsParameters } from './deletions.js';
import { featureParameters, featuresParameters } from './features-request.js';
import { searchBody, searchParameters } from './search-request.js';
import { describeOperation } from './describe-operation.js';
import type { Paths } from './stac-feature.js';
import { STAC_FEATURES } from './stac-features.js';
import { MEDIA_TYPES, stacRoot } from './stac-link.js';

const AGGREGATE = {
  get: { summary: 'Counts, first and last acquisition of what a search finds.', query: aggregateParameters },
  post: { summary: 'The same by POST.', body: aggregateBody },
};

const OWN_PATHS: Paths = {
  '/': { get: { summary: 'Landing page: what is here, as a STAC Catalog.' } },
  '/conformance': { get: { summary: 'Conformance classes.' } },
  '/collections': { get: { summary: 'The collections, or those that match.', query: collectionsParameters } },
  '/children': { get: { summary: 'All collections, as children of the landing page.' } },
  '/collections/{collectionId}': { get: { summary: 'One collection.' } },
  '/collections/{collectionId}/items': {
    get: { summary: 'Items of a collection.', mediaType: MEDIA_TYPES.geojson, query: featuresParameters },
  },
  '/collections/{collectionId}/items/{itemId}': {
    get: { summary: 'One item.', mediaType: MEDIA_TYPES.geojson, query: featureParameters },
  },
  '/collections/{collectionId}/queryables': {
    get: { summary: 'Properties items of the collection can be searched by.', mediaType: MEDIA_TYPES.schema },
  },
  '/queryables': { get: { summary: 'Properties items can be searched by.', mediaType: MEDIA_TYPES.schema } },
  '/functions': { get: { summary: 'Functions filters may use.' } },
  '/search': {
    get: { summary: 'Items of all collections that match.', mediaType: MEDIA_TYPES.geojson, query: searchParameters },
    post: { summary: 'The same by POST.', mediaType: MEDIA_TYPES.geojson, body: searchBody },
  },
  '/deletions': {
    get: { summary: 'Items that were removed, for mirrors, oldest deletion first.', query: deletionsParameters },
  },
  '/aggregations': { get: { summary: 'What can be counted of the items of a search.' } },
  '/aggregate': AGGREGATE,
  '/collections/{collectionId}/aggregations': { get: { summary: 'The same of the items of a collection.' } },
  '/collections/{collectionId}/aggregate': AGGREGATE,
};

/** Every path with the operations of all features. */
const PATHS: Paths = STAC_FEATURES.reduce<Paths>(
  (all, { paths }) => ({
    ...all,
    ...Object.fromEntries(Object.entries(paths).map(([path, operations]) => [path, { ...all[path], ...operations }])),
  }),
  OWN_PATHS,
);

const TEMPLATES = Object.entries(PATHS).map(([path, operations]) => ({
  segments: path.split('/'),
  methods: Object.keys(operations).map((method) => method.toUpperCase()),
}));

/** The methods a path under `/stac` understands, GET with HEAD; none for one that is not there. */
export function methodsOf(path: string): readonly string[] {
  const segments = (path.replace(/\/$/, '') || '/').split('/');
  const found = TEMPLATES.find(
    (template) =>
      template.segments.length === segments.length &&
      template.segments.every((segment, at) => segment.startsWith('{') || segment === segments[at]),
  );
  return found?.methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])) ?? [];
}

/** The OpenAPI 3.0 description of the STAC API, from the schemas its requests are checked with. */
export function writeServiceDescription(address: string): object {
  const paths = Object.entries(PATHS).map(([path, operations]) => [
    path,
    Object.fromEntries(
      Object.entries(operations).map(([method, operation]) => [method, describeOperation(path, operation)]),
    ),
  ]);
  return {
    openapi: '3.0.3',
    info: { title: 'Frombork STAC API', version: '1.1.0', license: { name: 'Apache-2.0' } },
    servers: [{ url: stacRoot(address) }],
    paths: Object.fromEntries(paths) as object,
  };
}

/** A page for people: what the STAC API offers and how to ask it. */
export function writeServicePage(address: string): Html {
  const root = stacRoot(address);
  const rows = Object.entries(PATHS).flatMap(([path, operations]) =>
    Object.entries(operations).map(
      ([method, operation]) =>
        html`<tr>
          <td>${method.toUpperCase()}</td>
          <td><code>${path}</code></td>
          <td>${operation.summary}</td>
        </tr>`,
    ),
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>Frombork STAC API</title>
      </head>
      <body>
        <h1>Frombork STAC API</h1>
        <p>Under <a href="${root}">${root}</a>; described for machines by <a href="${root}/api">OpenAPI</a>.</p>
        ${examplesOf(root)}
        <table>
          ${rows}
        </table>
      </body>
    </html>`;
}

function examplesOf(root: string): Html {
  return html`<pre>
curl '${root}/search?collections=sentinel-2-l1c&bbox=5.9,47.2,15.2,55&datetime=2024-06-01T00:00:00Z/..'
curl -G '${root}/search' --data-urlencode "filter=eo:cloud_cover < 10 AND month(datetime) IN (6,7,8)"
curl '${root}/search' -H 'Content-Type: application/json' -d '{
  "filter": {"op": "<", "args": [{"property": "eo:cloud_cover"}, 10]},
  "sortby": [{"field": "eo:cloud_cover", "direction": "asc"}],
  "fields": {"include": ["properties.eo:cloud_cover"], "exclude": ["assets"]}
}'</pre>
    <p>
      Filters are CQL2, as text or JSON (<code>filter</code>, <code>filter-lang</code>), over the
      <a href="${root}/queryables">queryables</a> and any other property of items, with these
      <a href="${root}/functions">functions</a>. A day (<code>DATE('2024-06-01')</code>) is equal to every instant of
      it. Computed conditions, of one property against another for instance, are found by no index: put a time, an area
      or a collection beside them. <code>query</code>, <code>fields</code>, <code>sortby</code> (properties with or
      without <code>properties.</code>) and <code>q</code> are understood too, and queryables as parameters:
      <code>?platform=sentinel-2a</code>.
    </p>`;
}
