/**
 * Text is collated "C": one order on every machine, equal to JavaScript's for ASCII, and LIKE 'prefix%' uses the plain index.
 * Instants have the milliseconds JavaScript has, so that a cursor's value equals the row's.
 */
export const CATALOGUE_TABLES: readonly string[] = [
  `create table catalogue.collection (
    id text collate "C" primary key,
    short_name text collate "C" not null unique,
    definition jsonb not null,
    -- Longest acquisition so far: lets an overlap with a time interval become a range of acquisition begins.
    longest interval not null default '0'
  )`,

  // One row per product whatever its partition: uniqueness, and what an unchanged re-ingest compares.
  `create table catalogue.product_key (
    id text collate "C" not null,
    collection text collate "C" not null,
    uuid uuid not null unique,
    acquired_from timestamptz(3) not null,
    content_hash bytea not null,
    scene text collate "C",
    version text collate "C",
    published timestamptz(3) not null default now(),
    -- What the last change replaced: an upsert cannot return old values before PostgreSQL 18.
    previous_from timestamptz(3),
    previous_scene text collate "C",
    primary key (id, collection)
  )`,

  // A row to lock: processings of one scene are linked by one transaction at a time.
  `create table catalogue.scene (
    collection text collate "C" not null,
    scene text collate "C" not null,
    changes integer not null default 1,
    primary key (collection, scene)
  )`,

  `create table catalogue.tombstone (
    uuid uuid not null,
    collection text collate "C" not null,
    id text collate "C" not null,
    deleted timestamptz(3) not null default now(),
    cause text not null,
    change_xid xid8 not null default pg_current_xact_id(),
    change_seq bigint not null
  )`,

  // Sums, not counters: every batch adds rows (nobody waits for a hot row), maintenance folds them, a count is their sum.
  // Per day of acquisition begin, and all days together under '-infinity'.
  `create table catalogue.tally (
    collection text collate "C" not null,
    day date not null,
    products bigint not null,
    extent box2d
  )`,

  /*
   * The change feed's order. A sequence alone is not safe: a transaction that took an early number may commit late. So each change carries its
   * transaction too; readers take rows with change_xid < pg_snapshot_xmin(pg_current_snapshot()), all of whose transactions have ended,
   * in the order (change_xid, change_seq), and never miss one. Writers do not wait for each other.
   */
  'create sequence catalogue.change_seq as bigint cache 100',
  `alter table catalogue.tombstone alter column change_seq set default nextval('catalogue.change_seq')`,

  `create table catalogue.product (
    uuid uuid not null,
    collection text collate "C" not null,
    id text collate "C" not null,
    acquired_from timestamptz(3) not null,
    acquired_to timestamptz(3) not null,
    published timestamptz(3) not null,
    updated timestamptz(3) not null default now(),
    online text collate "C" not null,
    size bigint,
    platform text collate "C",
    constellation text collate "C",
    instrument text collate "C",
    sensor_type text collate "C",
    product_type text collate "C",
    processing_level text collate "C",
    processing_baseline text collate "C",
    processed timestamptz(3),
    timeliness text collate "C",
    acquisition_type text collate "C",
    cloud_cover double precision,
    snow_cover double precision,
    resolution double precision,
    sun_elevation double precision,
    sun_azimuth double precision,
    off_nadir double precision,
    incidence_angle double precision,
    incidence_angle_min double precision,
    incidence_angle_max double precision,
    orbit_direction text collate "C",
    absolute_orbit bigint,
    relative_orbit bigint,
    cycle bigint,
    instrument_mode text collate "C",
    swath text collate "C",
    polarisations text[] collate "C",
    polarisation_mode text collate "C",
    look_direction text collate "C",
    frequency_band text collate "C",
    center_frequency double precision,
    slice_number bigint,
    proj_code text collate "C",
    grid_code text collate "C",
    tile text collate "C",
    datatake text collate "C",
    footprint geometry(Geometry, 4326),
    words tsvector not null,
    scene text collate "C",
    version text collate "C",
    predecessor text collate "C",
    successor text collate "C",
    content jsonb,
    assets jsonb not null,
    extra jsonb not null,
    change_xid xid8 not null default pg_current_xact_id(),
    change_seq bigint not null default nextval('catalogue.change_seq'),
    primary key (acquired_from, collection, id)
  ) partition by range (acquired_from)`,
];
