/** Filtered by value and read newest first, or sorted by: the time follows, so that ties are in order already. */
const WITH_TIME = [
  'platform',
  'product_type',
  'relative_orbit',
  'absolute_orbit',
  'tile',
  'datatake',
  'cloud_cover',
  'instrument_mode',
  'size',
];

/** Few values or seldom asked: small (deduplicated) indexes that answer "how many" and "none". */
const PLAIN = [
  'constellation',
  'instrument',
  'sensor_type',
  'processing_level',
  'processing_baseline',
  'processed',
  'timeliness',
  'acquisition_type',
  'snow_cover',
  'resolution',
  'sun_elevation',
  'sun_azimuth',
  'off_nadir',
  'incidence_angle',
  'incidence_angle_min',
  'incidence_angle_max',
  'orbit_direction',
  'cycle',
  'swath',
  'polarisation_mode',
  'look_direction',
  'frequency_band',
  'center_frequency',
  'slice_number',
  'proj_code',
  'grid_code',
];

const byColumn = (column: string, more = ''): string =>
  `create index product_${column} on catalogue.product (${column}${more}) where ${column} is not null`;

/**
 * Every queryable is indexed; absent values take no room. The primary key serves the default order. Intervals of time need no range index:
 * knowing the longest acquisition (collection.longest), an overlap is a range of begins, which also leaves out the years it cannot touch.
 */
export const CATALOGUE_INDEXES: readonly string[] = [
  'create index product_key_scene on catalogue.product_key (collection, scene, version) where scene is not null',
  'create index tally_collection on catalogue.tally (collection, day)',
  'create index tombstone_uuid on catalogue.tombstone (uuid)',
  'create index tombstone_change on catalogue.tombstone (change_xid, change_seq)',

  'create index product_collection on catalogue.product (collection, acquired_from, id)',
  'create index product_id on catalogue.product (id)',
  'create index product_uuid on catalogue.product (uuid)',
  'create index product_acquired_to on catalogue.product (acquired_to)',
  'create index product_published on catalogue.product (published)',
  'create index product_updated on catalogue.product (updated)',
  'create index product_online on catalogue.product (online)',
  'create index product_change on catalogue.product (change_xid, change_seq)',
  'create index product_footprint on catalogue.product using gist (footprint)',
  'create index product_words on catalogue.product using gin (words)',
  'create index product_polarisations on catalogue.product using gin (polarisations)',
  ...WITH_TIME.map((column) => byColumn(column, ', acquired_from')),
  ...PLAIN.map((column) => byColumn(column)),
];
