import { Migration } from '../migration.js';

/** Indexes of the sample for the filters that keep little of it, and of the tallies for the number of all products. */
export class CatalogueEstimates extends Migration {
  readonly name = 'catalogue-estimates-0000000000014';
  protected readonly statements = [
    ...['relative_orbit', 'absolute_orbit', 'tile', 'cloud_cover', 'product_type', 'online'].map(
      (column) => `create index sample_${column} on catalogue.sample (${column})`,
    ),
    'create index sample_words on catalogue.sample using gin (words)',
    `create index tally_ever on catalogue.tally (collection) include (products) where day = '-infinity'`,
  ];
}
