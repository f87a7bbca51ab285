import type { Filter } from '#domain/catalog/catalog-query.js';
import { InvalidError } from '#domain/errors.js';
import type { Cql2 } from '../cql2/cql2.js';
import type { Cql2Names } from '../cql2/cql2-names.js';
import { parseCql2Json } from '../cql2/parse-cql2-json.js';
import { parseCql2Text } from '../cql2/parse-cql2-text.js';
import { compileStacFilter } from './compile-stac-filter.js';
import { stacName } from './stac-names.js';

/** The Filter extension's parameters as they were sent. */
export interface FilterParameters {
  readonly filter?: unknown;
  readonly 'filter-lang'?: string | undefined;
  readonly 'filter-crs'?: string | undefined;
}

/** Where coordinates are longitude and latitude. */
const CRS84 = /^(https?:\/\/www\.opengis\.net\/def\/crs\/OGC\/(1\.3|0)\/CRS84h?|\[?(OGC:)?CRS84h?\]?)$/;

/**
 * `filter` (STAC API Filter extension, OGC 19-079r2 §7): CQL2 text, or CQL2 JSON as an object or as its text. Without `filter-lang`, text that is a
 * JSON object is JSON. `names` are those of items, unless it is about something else. Throws InvalidError (subject `filter`, `filter-lang`, `filter-crs` or a property).
 */
export function parseFilter(given: FilterParameters, names: Cql2Names = stacName): Filter | undefined {
  const { filter, 'filter-lang': language, 'filter-crs': crs } = given;
  if (crs !== undefined && !CRS84.test(crs)) {
    throw new InvalidError('Geometries of a filter are in http://www.opengis.net/def/crs/OGC/1.3/CRS84.', {
      subject: 'filter-crs',
    });
  }
  if (filter === undefined || filter === null || filter === '') return undefined;
  return compileStacFilter(read(filter, language), names);
}

function read(filter: unknown, language: string | undefined): Cql2 {
  if (typeof filter !== 'string') {
    if (language === undefined || language === 'cql2-json') return parseCql2Json(filter);
    throw new InvalidError('A filter in cql2-text is a text.', { subject: 'filter-lang' });
  }
  const isJson = language === 'cql2-json' || (language === undefined && filter.trimStart().startsWith('{'));
  return isJson ? parseCql2Json(parseJson(filter)) : parseCql2Text(filter);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidError('The filter is not JSON.', { subject: 'filter', cause });
  }
}
