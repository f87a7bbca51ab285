import { Migration } from '../migration.js';
import { CATALOGUE_FUNCTIONS } from './0010-catalogue-functions.js';
import { CATALOGUE_INDEXES } from './0010-catalogue-indexes.js';
import { CATALOGUE_TABLES } from './0010-catalogue-tables.js';

/** Collections, products partitioned by year of acquisition, their keys, scenes, counters and tombstones. */
export class Catalogue extends Migration {
  readonly name = 'catalogue-0000000000010';
  protected readonly statements = [
    ...CATALOGUE_TABLES,
    ...CATALOGUE_INDEXES,
    ...CATALOGUE_FUNCTIONS,
    'select catalogue.create_years()',
  ];
}
