import { z } from 'zod';
import { databaseConfig } from '#adapters/postgres/database.config.js';
import { eventBusConfig } from '#adapters/event-bus/event-bus.config.js';
import { objectStoreConfig } from '#adapters/object-store/object-store.config.js';
import { rasterConfig } from '#adapters/raster/raster.config.js';
import { instancesConfig } from './instances/instance-definitions.js';

/** What the view service itself understands. */
export const mapConfig = z.object({
  VIEW_MAX_SOURCES: z.coerce
    .number()
    .int()
    .min(1)
    .max(500)
    .default(60)
    .describe('Most scenes drawn into one map; the newest win.'),
  VIEW_TILE_CACHE_MB: z.coerce.number().int().min(0).max(65_536).default(128).describe('Memory for drawn tiles.'),
  VIEW_TILE_STORE_MB: z.coerce
    .number()
    .int()
    .min(0)
    .max(10_485_760)
    .default(0)
    .describe('Room for drawn tiles in the object store, below `tiles/`; 0 keeps none there.'),
  VIEW_MAX_FEATURES: z.coerce
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(1000)
    .describe('Most footprints in one answer of WFS; further ones are on its next pages.'),
  VIEW_INSTANCES: instancesConfig,
  VIEW_OVERVIEW_SECONDS: z.coerce
    .number()
    .int()
    .min(0)
    .max(86_400)
    .default(300)
    .describe('Seconds after a change until the overviews for low zooms show it; 0 makes none.'),
  FROMBORK_CONTACT_ORGANISATION: z.string().optional().describe('Who runs the mirror, for the capabilities documents.'),
  FROMBORK_CONTACT_TELEPHONE: z.string().optional().describe('Where users can call, for the capabilities of the maps.'),
  FROMBORK_CONTACT_EMAIL: z.email().optional().describe('Where users of the services can write to.'),
});

/** The validated environment of the maps. */
export type MapConfig = z.infer<typeof mapConfig>;

/** Injection token of {@link MapConfig}. */
export const MAP_CONFIG = Symbol('map configuration');

/** Everything the view service reads from its environment. */
export const viewConfig = z.object({
  ...databaseConfig.shape,
  ...objectStoreConfig.shape,
  ...eventBusConfig.shape,
  ...rasterConfig.shape,
  ...mapConfig.shape,
});
