import { ramp } from './colour-ramp.js';
import { BROWSE_RENDERING, type Rendering } from './rendering.js';
import { SENTINEL_1_GRD_RENDERINGS } from './sentinel-1-renderings.js';
import { SENTINEL_2_L1C_RENDERINGS, SENTINEL_2_L2A_RENDERINGS } from './sentinel-2-renderings.js';
import { SENTINEL_3_LST_RENDERINGS, SENTINEL_3_OLCI_RENDERINGS } from './sentinel-3-renderings.js';
import { SENTINEL_5P_RENDERINGS } from './sentinel-5p-renderings.js';

const ELEVATION: Rendering = {
  name: 'elevation',
  title: 'Elevation',
  description: 'Height above the geoid from the sea to 4000 m.',
  quantity: 'value',
  formula: {
    colouring: {
      kind: 'ramp',
      value: 'DEM',
      ramp: ramp('-10 4a90d9, 0 2e8b57, 200 9acd32, 600 f0e68c, 1500 cd853f, 2500 8b4513, 4000 ffffff'),
      unit: 'm',
    },
  },
};

/** How a collection can be drawn; the first is the default. Collections of no known kind show their browse picture. */
export function renderingsOf(collection: string): readonly Rendering[] {
  if (collection === 'sentinel-2-l1c') return SENTINEL_2_L1C_RENDERINGS;
  if (collection === 'sentinel-2-l2a') return SENTINEL_2_L2A_RENDERINGS;
  if (collection === 'sentinel-1-grd') return SENTINEL_1_GRD_RENDERINGS;
  if (/^sentinel-3-olci-1-e[fr]r$/.test(collection)) return SENTINEL_3_OLCI_RENDERINGS;
  if (collection === 'sentinel-3-slstr-2-lst') return [...SENTINEL_3_LST_RENDERINGS, BROWSE_RENDERING];
  if (/(?:^|-)dem(?:-|$)/.test(collection)) return [ELEVATION, BROWSE_RENDERING];
  const gas = /^sentinel-5p-l2-(.+)$/.exec(collection)?.[1];
  const column = SENTINEL_5P_RENDERINGS.get(gas ?? '');
  return column ? [column, BROWSE_RENDERING] : [BROWSE_RENDERING];
}
