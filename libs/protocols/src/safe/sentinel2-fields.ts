import type { ProductFacts } from './manifest-facts.js';

/** Fields of the STAC Sentinel-2 extension 1.0.0, whose schema forbids every other name with its prefix. */
const FIELDS = new Set([
  'tile_id',
  'granule_id',
  'datatake_id',
  'product_uri',
  'datastrip_id',
  'product_type',
  'datatake_type',
  'generation_time',
  'processing_baseline',
  'reflectance_conversion_factor',
  'mgrs_tile',
  'mean_solar_zenith',
  'mean_solar_azimuth',
  'water_percentage',
  'snow_ice_percentage',
  'vegetation_percentage',
  'thin_cirrus_percentage',
  'cloud_shadow_percentage',
  'nodata_pixel_percentage',
  'unclassified_percentage',
  'dark_features_percentage',
  'not_vegetated_percentage',
  'degraded_msi_data_percentage',
  'high_proba_clouds_percentage',
  'medium_proba_clouds_percentage',
  'saturated_defective_pixel_percentage',
]);

/** What a product tells beside the queryables under its names in STAC: `s2:` for what the Sentinel-2 extension 1.0.0 defines, `safe:` for the rest. */
export function sentinel2Fields(facts: ProductFacts['extra']): ProductFacts['extra'] {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [`${FIELDS.has(name) ? 's2' : 'safe'}:${name}`, value]),
  );
}
