import { z } from 'zod';
import { QUERYABLES } from '#domain/catalog/queryables.js';
import { checked } from '../checked.js';
import { parseBbox, parseBboxNumbers } from '../geojson/parse-bbox.js';
import { EXPORT_NAMES, exportForm } from './export-form.js';
import { boxFrom, CRS84, CRS_URIS, parseFeatureCrs } from './feature-crs.js';
import { itemsParameters, LIMIT, searchShape } from './search-request.js';
import { typeOf } from './stac-queryables.js';

const CRS = { type: 'string', format: 'uri', enum: [...CRS_URIS], default: CRS84.uri } as const;

const crs = z.string().transform(checked(parseFeatureCrs)).optional();

const DOCUMENTS = ['json', 'geojson', 'html'];

const form = z
  .enum(DOCUMENTS)
  .optional()
  .describe('`html` for a page, `json` or `geojson` for the document, whatever the Accept header.');

const itemsForm = z
  .string()
  .refine((f) => DOCUMENTS.includes(f) || exportForm(f, undefined) !== undefined, {
    message: `is none of ${[...DOCUMENTS, ...EXPORT_NAMES].join(', ')}`,
  })
  .optional()
  .describe(
    `\`html\` for a page, \`json\` or \`geojson\` for the document; ${EXPORT_NAMES.join(', ')}: every item at once, \`limit\` is then of all.`,
  );

/** Conditions by the name of a queryable (OGC 19-079r2 §6.4). */
const queryables = Object.fromEntries(
  QUERYABLES.flatMap(({ names, title, type }) =>
    names.stac === undefined || names.stac === 'id' || names.stac === 'collection'
      ? []
      : [
          [
            names.stac,
            z
              .unknown()
              .optional()
              .meta({ ...typeOf(type), description: title }),
          ],
        ],
  ),
);

const itemParameters = {
  crs: crs.meta({ ...CRS, description: 'In which the geometries are.' }),
  f: form,
};

const parameters = {
  ...queryables,
  id: z.unknown().optional().meta({ type: 'string', description: 'Of the item.' }),
  created: z.unknown().optional().meta({ type: 'string', format: 'date-time', description: 'First published here.' }),
  'eopf:instrument_mode': z
    .unknown()
    .optional()
    .meta({ type: 'string', description: 'Mode of an instrument that is no radar.' }),
  ...itemsParameters.shape,
  limit: itemsParameters.shape.limit.meta({
    type: 'integer',
    minimum: 1,
    maximum: LIMIT.most,
    default: LIMIT.default,
    description: `Items on a page; more than ${LIMIT.most} counts as ${LIMIT.most}.`,
  }),
  bbox: z
    .string()
    .optional()
    .meta({
      type: 'array',
      items: { type: 'number' },
      minItems: 4,
      maxItems: 6,
      description: 'Lower corner, upper corner, in bbox-crs; longitudes from east to west cross the antimeridian.',
    }),
  'bbox-crs': crs.meta({ ...CRS, description: 'Of bbox.' }),
  ids: searchShape.ids,
  collections: searchShape.collections.describe('The collection itself, which clients of item search name once more.'),
  crs: itemParameters.crs,
  f: itemsForm,
};

/** Query parameters of `/collections/{id}/items` as OGC API Features has them (OGC 17-069r4 §7.15, 18-058 §6.2); any other is refused (§7.6). */
export const featuresParameters = z
  .looseObject(parameters)
  .superRefine(onlyKnown(parameters))
  .transform(checked(({ bbox, 'bbox-crs': system, ...given }) => ({ ...given, bbox: readBox(bbox, system) })));

/** Query parameters of `/collections/{id}/items/{item}`; any other is refused. */
export const featureParameters = z.looseObject(itemParameters).superRefine(onlyKnown(itemParameters));

function readBox(text: string | undefined, system = CRS84): ReturnType<typeof parseBbox> | undefined {
  return text === undefined ? undefined : parseBbox(boxFrom(parseBboxNumbers(text), system));
}

/** A misspelt condition would otherwise find everything. */
function onlyKnown(known: object): (given: object, context: z.RefinementCtx) => void {
  return (given, context) => {
    for (const name of Object.keys(given)) {
      if (!Object.hasOwn(known, name)) {
        context.addIssue({ code: 'custom', path: [name], message: 'is no parameter of this resource' });
      }
    }
  };
}
