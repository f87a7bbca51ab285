import type { PropertyValue } from '#domain/product/product.js';
import { matchFields, type ProductName } from './product-name.js';
import { parseSafeTime } from './safe-time.js';

const NAME =
  /^(?<unit>S3[A-D_])_(?<type>(?<source>OL|SL|SR|SY|MW|DO|GN|TM)_(?<level>[012])_[A-Z0-9_]{6})_(?<start>\d{8}T\d{6})_(?<stop>\d{8}T\d{6})_(?<created>\d{8}T\d{6})_(?<instance>[A-Z0-9_]{17})_[A-Z0-9]{3}_[ODFR]_(?<timeliness>NR|ST|NT)_(?<baseline>[A-Z0-9_]{3})$/;

type Fields =
  'unit' | 'type' | 'source' | 'level' | 'start' | 'stop' | 'created' | 'instance' | 'timeliness' | 'baseline';

const INSTRUMENTS: Readonly<Record<string, readonly [instrument: string, sensorType: string]>> = {
  OL: ['olci', 'OPTICAL'],
  SL: ['slstr', 'OPTICAL'],
  SY: ['synergy', 'OPTICAL'],
  SR: ['sral', 'ALTIMETRIC'],
  MW: ['mwr', 'ALTIMETRIC'],
  DO: ['doris', 'ALTIMETRIC'],
  GN: ['gnss', 'ALTIMETRIC'],
  TM: ['telemetry', 'ALTIMETRIC'],
};

/** Timeliness from first to last: a later one replaces an earlier one. */
const RANK: Readonly<Record<string, number>> = { NR: 0, ST: 1, NT: 2 };

/** Sentinel-3 PDGS File Naming Convention (GMES-S3GS-EUM-SW-SPC-0002) §4. Undefined for other names. */
export function parseSentinel3Name(name: string): ProductName | undefined {
  const fields = matchFields<Fields>(NAME, name);
  if (fields === undefined) return undefined;
  const { unit, type, start, stop, created, instance, timeliness, baseline } = fields;
  const [instrument, sensorType] = INSTRUMENTS[fields.source]!;
  return {
    name,
    mission: 'sentinel-3',
    acquiredFrom: parseSafeTime(start),
    acquiredTo: parseSafeTime(stop),
    properties: {
      platform: `sentinel-3${unit.slice(2).replace('_', '').toLowerCase()}`,
      constellation: 'sentinel-3',
      instrument,
      sensorType,
      productType: type,
      processingLevel: `L${fields.level}`,
      timeliness,
      ...(baseline === '___' ? {} : { processingBaseline: baseline }),
      processed: parseSafeTime(created),
      ...orbitOf(instance),
    },
    scene: {
      id: `${unit}_${type}_${start}_${stop}_${instance}`,
      version: `${RANK[timeliness]}/${baseline}/${created}`,
    },
  };
}

/** Instance of frames and stripes: duration, cycle, relative orbit, frame; tiles and auxiliary data have names there. */
function orbitOf(instance: string): Readonly<Record<string, PropertyValue>> {
  const [, cycle, orbit] = /^\d{4}_(\d{3})_(\d{3})_/.exec(instance) ?? [];
  return cycle === undefined ? {} : { cycle: Number(cycle), relativeOrbit: Number(orbit) };
}
