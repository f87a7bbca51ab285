import { Migration } from '../migration.js';

/** PostGIS and the index helpers, and one schema per owner. */
export class ExtensionsAndSchemas extends Migration {
  readonly name = 'extensions-and-schemas-0000000000001';
  protected readonly statements = [
    'create extension if not exists postgis',
    'create extension if not exists btree_gist',
    'create extension if not exists pg_trgm',
    'create schema if not exists catalogue',
    'create schema if not exists acquisition',
    'create schema if not exists bus',
  ];
}
