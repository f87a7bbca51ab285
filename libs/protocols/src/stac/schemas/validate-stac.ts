import type { ErrorObject } from 'ajv';
import { InvalidError } from '#domain/errors.js';
import { isJsonObject } from '../../json/json-value.js';
import { validatorsOf, type StacKind, type StacValidator } from './compiled-schemas.js';
import { sayFault, type StacFault } from './stac-fault.js';

/** Most faults told of one document. */
const MOST_FAULTS = 10;
/** A document with more values than this outside its geometry is told its first fault of each schema only: all of them could be millions. */
const MOST_VALUES = 5_000;

/**
 * What is wrong with a STAC Item or Collection by the schemas of STAC 1.1.0 and of the extensions it names: at most ten faults, one for each place.
 * Positions of geometries are not looked at here.
 */
export function stacFaults(kind: StacKind, json: unknown): readonly StacFault[] {
  const named =
    isJsonObject(json) && Array.isArray(json['stac_extensions']) ? (json['stac_extensions'] as unknown[]) : [];
  const uris = named.filter((uri) => typeof uri === 'string');
  const refusing = validatorsOf(kind, uris).filter(({ first }) => !first(json));
  if (refusing.length === 0) return [];
  const isSmall = countValues(json, MOST_VALUES) < MOST_VALUES;
  const faults = new Map<string, StacFault>();
  for (const validator of refusing)
    for (const fault of faultsOf(validator, json, isSmall)) {
      // What sums several up comes after them.
      if (fault.isClear || !faults.has(fault.pointer)) faults.set(fault.pointer, fault);
    }
  return [...faults.values()].slice(0, MOST_FAULTS);
}

/**
 * Throws InvalidError naming every fault by JSON pointer. With `before`, the document as it was given out, only what was right there:
 * who changes one thing does not answer for what somebody else's catalogue had said.
 */
export function requireValidStac(kind: StacKind, json: unknown, before?: () => unknown): void {
  const found = stacFaults(kind, json);
  if (found.length === 0) return;
  const old = before === undefined ? [] : stacFaults(kind, before());
  const faults = found.filter(({ pointer, reason }) => !old.some((o) => o.pointer === pointer && o.reason === reason));
  const [first] = faults;
  if (first === undefined) return;
  const said = faults.map(({ pointer, reason }) => `${pointer || 'it'} ${reason}`).join('; ');
  throw new InvalidError(`Not a STAC ${kind}: ${said}`, {
    subject: first.pointer || kind,
    faults: faults.map(({ pointer, reason }) => ({ pointer, reason })),
  });
}

function faultsOf({ first, every, name }: StacValidator, json: unknown, isSmall: boolean): readonly StacFault[] {
  const validate = isSmall ? every : first;
  validate(json);
  return (validate.errors ?? []).flatMap((error: ErrorObject) => sayFault(error, name) ?? []);
}

/** How many values there are, geometry apart; no more than `most` are counted. */
function countValues(json: unknown, most: number): number {
  const open: unknown[] = isJsonObject(json)
    ? Object.entries(json).flatMap(([name, value]) => (name === 'geometry' ? [] : [value]))
    : [json];
  let count = 0;
  while (open.length > 0 && count < most) {
    const value = open.pop();
    count += 1;
    if (typeof value !== 'object' || value === null) continue;
    for (const inner of Object.values(value).slice(0, most)) open.push(inner);
  }
  return count;
}
