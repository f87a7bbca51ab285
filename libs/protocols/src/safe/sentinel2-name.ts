import type { PropertyValue } from '#domain/product/product.js';
import { matchFields, type ProductName } from './product-name.js';
import { parseSafeTime } from './safe-time.js';

const COMPACT =
  /^(?<unit>S2[A-D])_MSI(?<level>L1C|L2A|L2Ap)_(?<start>\d{8}T\d{6})_(?<baseline>(?:N\d{4}_)?)R(?<orbit>\d{3})_T(?<tile>\d{2}[C-HJ-NP-X][A-HJ-NP-Z]{2})_(?<discriminator>\d{8}T\d{6})$/;
const OPER =
  /^(?<unit>S2[A-D])_[A-Z]{4}_PRD_MSI(?<level>L1C|L2A)_[A-Z0-9_]{4}_(?<created>\d{8}T\d{6})_R(?<orbit>\d{3})_V(?<start>\d{8}T\d{6})_(?<stop>\d{8}T\d{6})$/;

type CompactFields = 'unit' | 'level' | 'start' | 'baseline' | 'orbit' | 'tile' | 'discriminator';
type OperFields = 'unit' | 'level' | 'created' | 'orbit' | 'start' | 'stop';

/** Sentinel-2 Product Specification (S2-PDGS-TAS-DI-PSD): compact names since December 2016, OPER names before. Undefined for other names. */
export function parseSentinel2Name(name: string): ProductName | undefined {
  return parseCompact(name) ?? parseOper(name);
}

function parseCompact(name: string): ProductName | undefined {
  const fields = matchFields<CompactFields>(COMPACT, name);
  if (fields === undefined) return undefined;
  const { unit, level, start, orbit, tile } = fields;
  const baseline = fields.baseline.replace(/N(\d{2})(\d{2})_/, '$1.$2');
  return {
    name,
    mission: 'sentinel-2',
    acquiredFrom: parseSafeTime(start),
    properties: {
      ...ofUnit(unit, level),
      ...(baseline === '' ? {} : { processingBaseline: baseline }),
      relativeOrbit: Number(orbit),
      ...tileProperties(tile),
    },
    scene: {
      id: `${unit}_MSI${level}_${start}_R${orbit}_T${tile}`,
      version: `${baseline || '00.00'}/${fields.discriminator}`,
    },
  };
}

function parseOper(name: string): ProductName | undefined {
  const fields = matchFields<OperFields>(OPER, name);
  if (fields === undefined) return undefined;
  const { unit, level, created, orbit, start, stop } = fields;
  return {
    name,
    mission: 'sentinel-2',
    acquiredFrom: parseSafeTime(start),
    acquiredTo: parseSafeTime(stop),
    properties: { ...ofUnit(unit, level), relativeOrbit: Number(orbit), processed: parseSafeTime(created) },
    scene: { id: `${unit}_MSI${level}_${start}_${stop}_R${orbit}`, version: `00.00/${created}` },
  };
}

function ofUnit(unit: string, level: string): Readonly<Record<string, PropertyValue>> {
  return {
    platform: `sentinel-2${unit.slice(2).toLowerCase()}`,
    constellation: 'sentinel-2',
    instrument: 'msi',
    sensorType: 'OPTICAL',
    productType: `S2MSI${level.slice(1)}`,
    processingLevel: level.slice(0, 3),
    resolution: 10,
  };
}

/** What an MGRS tile (`18LTM`) says: bands from N on are north of the equator, so is their UTM zone. */
export function tileProperties(tile: string): Readonly<Record<string, PropertyValue>> {
  const zone = tile.slice(0, 2);
  return {
    tile,
    gridCode: `MGRS-${tile}`,
    projCode: `EPSG:32${tile.charAt(2) >= 'N' ? 6 : 7}${zone}`,
  };
}
