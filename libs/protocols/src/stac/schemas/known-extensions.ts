import type { ExtensionSchema } from './extension-schema.js';
import { ALTERNATE_ASSETS } from './extensions/alternate-assets.js';
import { EO_1, EO_2 } from './extensions/eo.js';
import { FILE } from './extensions/file.js';
import { GRID } from './extensions/grid.js';
import { MGRS } from './extensions/mgrs.js';
import { ORDER } from './extensions/order.js';
import { PROCESSING } from './extensions/processing.js';
import { PRODUCT } from './extensions/product.js';
import { PROJECTION_1, PROJECTION_1_2, PROJECTION_2 } from './extensions/projection.js';
import { RASTER_1, RASTER_2 } from './extensions/raster.js';
import { SAR } from './extensions/sar.js';
import { SAT } from './extensions/sat.js';
import { SENTINEL_2 } from './extensions/sentinel-2.js';
import { STORAGE_1, STORAGE_2 } from './extensions/storage.js';
import { TIMESTAMPS } from './extensions/timestamps.js';
import { VERSION } from './extensions/version.js';
import { VIEW } from './extensions/view.js';
import { WEB_MAP_LINKS } from './extensions/web-map-links.js';

/** Extensions whose fields are checked where an item or a collection names them; all others pass. */
export const KNOWN_EXTENSIONS: readonly ExtensionSchema[] = [
  ALTERNATE_ASSETS,
  EO_1,
  EO_2,
  FILE,
  GRID,
  MGRS,
  ORDER,
  PROCESSING,
  PRODUCT,
  PROJECTION_1,
  PROJECTION_1_2,
  PROJECTION_2,
  RASTER_1,
  RASTER_2,
  SAR,
  SAT,
  SENTINEL_2,
  STORAGE_1,
  STORAGE_2,
  TIMESTAMPS,
  VERSION,
  VIEW,
  WEB_MAP_LINKS,
];
