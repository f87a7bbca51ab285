import { matchFields, type ProductName } from './product-name.js';
import { parseSafeTime } from './safe-time.js';

const NAME =
  /^S5P_(?<mode>NRTI|OFFL|RPRO)_(?<type>(?<level>L1B|L2_)_[A-Z0-9_]{6})_(?<start>\d{8}T\d{6})_(?<stop>\d{8}T\d{6})_(?<orbit>\d{5})_(?<collection>\d{2})_(?<version>\d{6})_(?<created>\d{8}T\d{6})$/;

type Fields = 'mode' | 'type' | 'level' | 'start' | 'stop' | 'orbit' | 'collection' | 'version' | 'created';

/** Processing modes from first to last: a later one replaces an earlier one. */
const RANK: Readonly<Record<string, number>> = { NRTI: 0, OFFL: 1, RPRO: 2 };

/** Sentinel-5P Level 1b and 2 file names (S5P-PDGS conventions, product user manuals §A). Undefined for other names. */
export function parseSentinel5pName(name: string): ProductName | undefined {
  const fields = matchFields<Fields>(NAME, name);
  if (fields === undefined) return undefined;
  const { mode, type, start, stop, orbit, created } = fields;
  const version = fields.version.replace(/(..)(..)(..)/, '$1.$2.$3');
  return {
    name,
    mission: 'sentinel-5p',
    acquiredFrom: parseSafeTime(start),
    acquiredTo: parseSafeTime(stop),
    properties: {
      platform: 'sentinel-5p',
      constellation: 'sentinel-5p',
      instrument: 'tropomi',
      sensorType: 'ATMOSPHERIC',
      productType: type,
      processingLevel: fields.level.replace('_', ''),
      timeliness: mode,
      processingBaseline: version,
      processed: parseSafeTime(created),
      absoluteOrbit: Number(orbit),
    },
    scene: {
      id: `S5P_${type}_${start}_${stop}_${orbit}`,
      version: `${RANK[mode]}/${fields.collection}/${version}/${created}`,
    },
  };
}
