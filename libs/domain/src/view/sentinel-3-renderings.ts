import { ramp } from './colour-ramp.js';
import type { Rendering } from './rendering.js';

const HEAT = ramp('223.15 000080, 253.15 0080ff, 273.15 ffffff, 288.15 ffe600, 303.15 ff3300, 323.15 660000');

/** OLCI level 1: full and reduced resolution. */
export const SENTINEL_3_OLCI_RENDERINGS: readonly Rendering[] = [
  {
    name: 'true-colour',
    title: 'True colour (B08, B06, B04)',
    description: 'As the eye sees it.',
    quantity: 'reflectance',
    fallsBack: true,
    formula: { colouring: { kind: 'rgb', red: '2.5 * B08', green: '2.5 * B06', blue: '2.5 * B04' } },
  },
  {
    name: 'false-colour',
    title: 'False colour (B17, B08, B06)',
    description: 'Vegetation is red.',
    quantity: 'reflectance',
    formula: { colouring: { kind: 'rgb', red: '2.5 * B17', green: '2.5 * B08', blue: '2.5 * B06' } },
  },
];

/** SLSTR land surface temperature. */
export const SENTINEL_3_LST_RENDERINGS: readonly Rendering[] = [
  {
    name: 'lst',
    title: 'Land surface temperature',
    description: 'Temperature of the ground from -50 to 50 degrees Celsius.',
    quantity: 'value',
    formula: { colouring: { kind: 'ramp', value: 'LST', ramp: HEAT, unit: 'K' } },
  },
];
