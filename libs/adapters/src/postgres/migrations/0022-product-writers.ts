import { Migration } from '../migration.js';

/** Who wrote a product last and whether its bytes are held: what a copy of another catalogue must not overwrite is decided under the key's lock. */
export class ProductWriters extends Migration {
  readonly name = 'product-writers-0000000000022';
  protected readonly statements = [
    'alter table catalogue.product_key add column writer text, add column held boolean not null default false',
    // Nobody noted as the writer is nobody's copy: those rows are protected without being touched here.
  ];
}
