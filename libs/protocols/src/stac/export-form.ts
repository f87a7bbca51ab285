/** A form all items of a search can be had in at once. */
export interface ExportForm {
  readonly kind: 'geojson' | 'lines' | 'sequence' | 'parquet';
  readonly mediaType: string;
  /** Ending of a file of it. */
  readonly ending: string;
}

/** Forms by the value of `f`; those that are asked for by Accept too are told by their media types. */
const FORMS: Readonly<Record<string, ExportForm>> = {
  'geojson-all': { kind: 'geojson', mediaType: 'application/geo+json', ending: 'geojson' },
  ndjson: { kind: 'lines', mediaType: 'application/x-ndjson', ending: 'ndjson' },
  'geojson-seq': { kind: 'sequence', mediaType: 'application/geo+json-seq', ending: 'geojsons' },
  geoparquet: { kind: 'parquet', mediaType: 'application/vnd.apache.parquet', ending: 'parquet' },
};

/** The values of `f` that ask for every item. */
export const EXPORT_NAMES = Object.keys(FORMS);

/** Other names and media types clients use. */
const ALSO: Readonly<Record<string, string>> = {
  geojsonl: 'ndjson',
  geojsonseq: 'geojson-seq',
  parquet: 'geoparquet',
  'application/x-ndjson': 'ndjson',
  'application/ndjson': 'ndjson',
  'application/jsonl': 'ndjson',
  'application/geo+json-seq': 'geojson-seq',
  'application/vnd.apache.parquet': 'geoparquet',
  'application/x-parquet': 'geoparquet',
};

/** The form a request wants every item in, by `f` or by what its Accept header likes best; undefined: a page, as usual. */
export function exportForm(f: unknown, accept: string | undefined): ExportForm | undefined {
  if (typeof f === 'string' && f !== '') return formOf(f.toLowerCase());
  const liked = (accept ?? '').split(',').map(preferenceOf);
  const [best] = liked.toSorted((a, b) => b.weight - a.weight);
  return best === undefined || best.weight <= 0 || !best.name.includes('/') ? undefined : formOf(best.name);
}

function preferenceOf(text: string): { readonly name: string; readonly weight: number } {
  const [name = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  return { name, weight: quality === undefined ? 1 : Number(quality.slice(2)) || 0 };
}

function formOf(name: string): ExportForm | undefined {
  const known = Object.hasOwn(ALSO, name) ? ALSO[name] : name;
  return known !== undefined && Object.hasOwn(FORMS, known) ? FORMS[known] : undefined;
}
