import { Migration } from '../migration.js';

/** Indexes that walk long results in order. */
export class CatalogueWalks extends Migration {
  readonly name = 'catalogue-walks-0000000000012';
  protected readonly statements = [
    // Clouds as the last key: "of this collection, so clear, newest first" is decided in the index, whether rows are read, counted or passed by.
    'drop index catalogue.product_collection',
    'create index product_collection on catalogue.product (collection, acquired_from, id, cloud_cover)',
    // A mirror walks a collection in order of publication; equal instants share their place in the index.
    'create index product_collection_published on catalogue.product (collection, published)',
    'drop index catalogue.product_online',
    'create index product_online on catalogue.product (online, acquired_from)',
    'create index product_superseded on catalogue.product (collection, acquired_from) where successor is not null',
    'drop index catalogue.tally_collection',
    'create index tally_collection on catalogue.tally (collection, day) include (products)',
  ];
}
