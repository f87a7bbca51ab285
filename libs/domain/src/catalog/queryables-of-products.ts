import type { QueryableRow } from './queryable.js';

/** Parts of every product row. */
export const CORE_QUERYABLES: readonly QueryableRow[] = [
  ['uuid', 'string', 'Universal identifier', { odata: 'Id', dhus: 'uuid' }],
  [
    'id',
    'string',
    'Product name',
    { stac: 'id', opensearch: 'uid', resto: 'productIdentifier', odata: 'Name', dhus: 'identifier', csw: 'Identifier' },
  ],
  ['collection', 'string', 'Collection', { stac: 'collection', odata: 'Collection/Name', csw: 'ParentIdentifier' }],
  [
    'acquiredFrom',
    'date',
    'Acquisition begin',
    {
      stac: 'start_datetime',
      resto: 'startDate',
      odata: 'ContentDate/Start',
      dhus: 'beginposition',
      csw: 'TempExtent_begin',
    },
  ],
  [
    'acquiredTo',
    'date',
    'Acquisition end',
    {
      stac: 'end_datetime',
      resto: 'completionDate',
      odata: 'ContentDate/End',
      dhus: 'endposition',
      csw: 'TempExtent_end',
    },
  ],
  [
    'published',
    'date',
    'First published here',
    {
      stac: 'published',
      opensearch: 'creationDate',
      resto: 'published',
      odata: 'PublicationDate',
      dhus: 'ingestiondate',
      csw: 'PublicationDate',
    },
  ],
  [
    'updated',
    'date',
    'Last changed here',
    { stac: 'updated', opensearch: 'modificationDate', resto: 'updated', odata: 'ModificationDate', csw: 'Modified' },
  ],
  ['online', 'string', 'Online state', { opensearch: 'productionStatus', resto: 'status', odata: 'Online' }],
  ['size', 'integer', 'Size of the download', { odata: 'ContentLength', dhus: 'size', resto: 'resourceSize' }, 'byte'],
];
