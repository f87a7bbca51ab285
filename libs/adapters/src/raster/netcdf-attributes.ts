import type { Attribute, Dataset, Group } from 'h5wasm/node';
import type { NetcdfValue } from '#domain/ports/netcdf-reader.js';

/** Attributes the NetCDF library keeps for itself. */
const INTERNAL = /^(DIMENSION_LIST|REFERENCE_LIST|DIMENSION_LABELS|CLASS|NAME|_Netcdf4.*|_NCProperties|_nc3_strict)$/;
const MAX_ATTRIBUTES = 2_000;
const MAX_ATTRIBUTE_BYTES = 1 << 20;

/** Attributes of a group or variable that are text or numbers; others, and overlong ones, are left out. */
export function readNetcdfAttributes(item: Group | Dataset): Record<string, NetcdfValue> {
  const values: Record<string, NetcdfValue> = Object.create(null) as Record<string, NetcdfValue>;
  const attributes = Object.entries(item.attrs).slice(0, MAX_ATTRIBUTES);
  for (const [name, attribute] of attributes) {
    const value = INTERNAL.test(name) ? undefined : plain(attribute);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function plain(attribute: Attribute): NetcdfValue | undefined {
  if (attribute.metadata.total_size * Math.max(1, attribute.metadata.size) > MAX_ATTRIBUTE_BYTES) return undefined;
  const value = attribute.json_value;
  if (!Array.isArray(value)) return scalar(value);
  const items = value.map(scalar).filter((item) => item !== undefined);
  if (items.length !== value.length) return undefined;
  return items.length === 1 ? items[0] : items;
}

function scalar(value: unknown): string | number | undefined {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}
