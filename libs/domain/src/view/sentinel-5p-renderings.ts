import { ramp, rampOver } from './colour-ramp.js';
import type { Rendering } from './rendering.js';

const BLUE_RED = ramp('0 000080, 0.125 0000ff, 0.375 00ffff, 0.625 ffff00, 0.875 ff0000, 1 800000');
const FORMALDEHYDE = ramp('0 00007f, 0.125 0000ff, 0.375 00ffff, 0.625 ffff00, 0.875 ff0000, 1 7f0000');

/** Columns of the gases Sentinel-5P measures, and its aerosol index; by the short name in the collection's id. */
export const SENTINEL_5P_RENDERINGS: ReadonlyMap<string, Rendering> = new Map([
  ['no2', gas('NO2', 'Nitrogen dioxide', [0, 1e-4], 'mol/m2')],
  ['hcho', gas('HCHO', 'Formaldehyde', [0, 1e-3], 'mol/m2')],
  ['co', gas('CO', 'Carbon monoxide', [0, 0.1], 'mol/m2')],
  ['o3', gas('O3', 'Ozone', [0, 0.36], 'mol/m2')],
  ['so2', gas('SO2', 'Sulphur dioxide', [0, 0.01], 'mol/m2')],
  ['ch4', gas('CH4', 'Methane', [1600, 2000], 'ppb')],
  ['aer-ai', gas('AER_AI', 'Aerosol index', [-1, 5], '1')],
]);

function gas(band: string, title: string, range: readonly [number, number], unit: string): Rendering {
  const stops = rampOver(band === 'HCHO' ? FORMALDEHYDE : BLUE_RED, ...range);
  return {
    name: band.toLowerCase().replace('_', '-'),
    title,
    description: `${title} from ${range[0]} to ${range[1]} ${unit}.`,
    quantity: 'value',
    formula: { colouring: { kind: 'ramp', value: band, ramp: stops, unit } },
  };
}
