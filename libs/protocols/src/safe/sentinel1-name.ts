import type { PropertyValue } from '#domain/product/product.js';
import { matchFields, type ProductName } from './product-name.js';
import { parseSafeTime } from './safe-time.js';

const NAME =
  /^(?<unit>S1[A-D])_(?<beam>S[1-6]|N[1-6]|IW|EW|WV|EN|IM)_(?<type>(?:RAW|SLC|GRD|OCN|ETA|SL1)[FHM_])_(?<level>[012])(?<kind>[SANC_])(?<polarisation>SH|SV|DH|DV|HH|HV|VH|VV)_(?<start>\d{8}T\d{6})_(?<stop>\d{8}T\d{6})_(?<orbit>\d{6})_(?<datatake>[0-9A-F]{6})_[0-9A-F]{4}(?<cog>(?:_COG)?)$/;

type Fields =
  'unit' | 'beam' | 'type' | 'level' | 'kind' | 'polarisation' | 'start' | 'stop' | 'orbit' | 'datatake' | 'cog';

const POLARISATIONS: Readonly<Record<string, readonly string[]>> = {
  SH: ['HH'],
  SV: ['VV'],
  DH: ['HH', 'HV'],
  DV: ['VV', 'VH'],
};

/** Absolute orbit of the first relative one, less one; units whose orbit was moved in commissioning are left to the manifest. */
const FIRST_ORBIT: Readonly<Record<string, number>> = { S1A: 73, S1B: 27 };
const ORBITS_PER_CYCLE = 175;

/** Sentinel-1 Product Specification (S1-RS-MDA-52-7441) §4.1.1; `_COG` is the re-formatted variant. Undefined for other names. */
export function parseSentinel1Name(name: string): ProductName | undefined {
  const fields = matchFields<Fields>(NAME, name);
  if (fields === undefined) return undefined;
  const { unit, beam, level, polarisation, orbit, cog } = fields;
  return {
    name,
    mission: 'sentinel-1',
    acquiredFrom: parseSafeTime(fields.start),
    acquiredTo: parseSafeTime(fields.stop),
    properties: {
      platform: `sentinel-1${unit.slice(2).toLowerCase()}`,
      constellation: 'sentinel-1',
      instrument: 'c-sar',
      sensorType: 'RADAR',
      productType: `${beam}_${fields.type}_${level}${fields.kind}${cog.replace('_', '-')}`,
      processingLevel: `L${level}`,
      instrumentMode: /^[SN]\d$/.test(beam) ? 'SM' : beam,
      swath: beam,
      polarisations: POLARISATIONS[polarisation] ?? [polarisation],
      polarisationMode: polarisation.startsWith('D') ? 'D' : 'S',
      absoluteOrbit: Number(orbit),
      ...relativeOrbit(unit, Number(orbit)),
      datatake: String(parseInt(fields.datatake, 16)),
    },
    scene: { id: name.replace(/_[0-9A-F]{4}(_COG)?$/, '$1'), version: '' },
  };
}

function relativeOrbit(unit: string, absoluteOrbit: number): Readonly<Record<string, PropertyValue>> {
  const first = FIRST_ORBIT[unit];
  if (first === undefined) return {};
  const turned = (absoluteOrbit - first) % ORBITS_PER_CYCLE;
  return { relativeOrbit: ((turned + ORBITS_PER_CYCLE) % ORBITS_PER_CYCLE) + 1 };
}
