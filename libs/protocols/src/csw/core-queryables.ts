import { queryable, type CswQueryable } from './csw-queryable.js';
import { dublinCoreValues } from './dublin-core.js';

const dc =
  (name: string): CswQueryable['values'] =>
  (record) =>
    dublinCoreValues(record, name);

/** Core queryables and the elements of the common record (OGC 07-006r1 tables 53 and 54). */
export const CORE_QUERYABLES: readonly CswQueryable[] = [
  queryable('dc:identifier', ({ id }) => id, {
    properties: ['id'],
    aliases: ['fileidentifier', 'metadataidentifier', 'recordid'],
  }),
  queryable('dc:title', dc('dc:title'), { properties: ['id'], stored: 'title' }),
  queryable('dc:subject', dc('dc:subject'), { stored: 'keywords', aliases: ['keyword', 'keywords'] }),
  queryable('dct:abstract', dc('dct:abstract'), { stored: 'description', aliases: ['description'] }),
  queryable('csw:AnyText', () => undefined, { stored: 'anytext' }),
  queryable('dc:format', dc('dc:format'), { stored: 'dc:format', aliases: ['formatname'] }),
  queryable('dc:type', ({ type }) => type, {
    stored: 'dc:type',
    aliases: ['hierarchylevel', 'scope'],
    caseInsensitive: true,
  }),
  queryable('dc:date', ({ dates }) => dates.date, { type: 'date', properties: ['updated'], stored: 'dc:date' }),
  queryable('dct:modified', ({ modified }) => modified, {
    type: 'date',
    properties: ['updated'],
    stored: 'dct:modified',
    aliases: ['datestamp'],
  }),
  queryable('dc:relation', dc('dc:relation'), { stored: 'dc:relation', aliases: ['association'] }),
  queryable('dc:creator', dc('dc:creator'), { stored: 'dc:creator' }),
  queryable('dc:publisher', dc('dc:publisher'), { stored: 'dc:publisher' }),
  queryable('dc:contributor', dc('dc:contributor'), { stored: 'dc:contributor' }),
  queryable('dc:source', dc('dc:source'), { stored: 'dc:source' }),
  queryable('dc:language', ({ language }) => language, { stored: 'dc:language' }),
  queryable('dc:rights', dc('dc:rights'), { stored: 'dc:rights' }),
  queryable('dct:spatial', dc('dct:spatial'), { stored: 'dct:spatial' }),
  queryable('dc:coverage', dc('dc:coverage'), { stored: 'dc:coverage' }),
];
