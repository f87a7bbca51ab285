import type { Tombstone } from '#domain/catalog/catalog-change.js';
import { pathKey, type ODataEntity } from './odata-value.js';

/** What is left of a removed product as the entity `DHuS.DeletedProduct`: when and why; of the rest a tombstone keeps nothing. */
export function deletedProductEntity({ uuid, id, deleted, cause }: Tombstone): ODataEntity {
  const range = { type: 'TimeRange', properties: ['Start', 'End'].map((name) => ({ name, value: null })) };
  const checksum = { type: 'Checksum', properties: ['Algorithm', 'Value'].map((name) => ({ name, value: null })) };
  return {
    type: 'DeletedProduct',
    path: `DeletedProducts${pathKey(uuid)}`,
    title: id,
    updated: deleted,
    properties: [
      { name: 'Id', value: uuid },
      { name: 'Name', value: id },
      { name: 'CreationDate', value: null },
      { name: 'FootPrint', value: null },
      { name: 'Size', value: null },
      { name: 'IngestionDate', value: null },
      { name: 'ContentDate', value: range },
      { name: 'DeletionDate', value: deleted },
      { name: 'DeletionCause', value: cause },
      { name: 'Checksum', value: checksum },
    ],
    links: [{ name: 'Class', many: false }],
  };
}
