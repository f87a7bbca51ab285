import type { Filter } from '#domain/catalog/catalog-query.js';
import { FOOTPRINT } from '#domain/catalog/complement.js';
import { mapConditions, type Condition } from '#domain/catalog/map-conditions.js';
import { findQueryable } from '#domain/catalog/queryables.js';
import { instantCondition } from '../csw/date-condition.js';
import { parseFeatureId } from './feature-id.js';
import { RESOURCE_ID } from './feature-names.js';
import { invalidParameter } from './wfs-error.js';

type Named = Extract<Condition, { readonly property: string }>;

const MAX_IDS = 1000;

/** A filter over features as one over the catalogue: resource ids as products, days as all of their instants. Throws InvalidParameterValue. */
export function compileFeatureFilter(filter: Filter, typeNames: readonly string[]): Filter {
  return mapConditions(filter, (condition) => {
    if (!('property' in condition)) return condition;
    if (condition.property === RESOURCE_ID) return resources(condition, typeNames);
    if (condition.property === FOOTPRINT) return onlyAbsence(condition);
    return ofType(condition);
  });
}

/** Products of resource ids; ids that name no feature type match nothing. Throws InvalidParameterValue for too many. */
export function resourceFilter(ids: readonly string[], typeNames: readonly string[]): Filter {
  if (ids.length > MAX_IDS) throw invalidParameter('resourceId', `At most ${MAX_IDS} resource ids are asked at once.`);
  const byCollection = new Map<string, string[]>();
  const uuids: string[] = [];
  for (const id of ids) {
    const key = parseFeatureId(id, typeNames);
    if (key === undefined) continue;
    if ('uuid' in key) uuids.push(key.uuid);
    else byCollection.set(key.collection, [...(byCollection.get(key.collection) ?? []), key.id]);
  }
  const named = [...byCollection].map(([collection, values]): Filter => {
    const args: readonly Filter[] = [
      { op: 'eq', property: 'collection', value: collection },
      { op: 'in', property: 'id', values },
    ];
    return { op: 'and', args };
  });
  const any: readonly Filter[] = uuids.length === 0 ? named : [...named, { op: 'in', property: 'uuid', values: uuids }];
  return any.length === 0 ? { op: 'constant', value: false } : { op: 'or', args: any };
}

function resources(condition: Named, typeNames: readonly string[]): Filter {
  if (condition.op === 'isNull') return { op: 'constant', value: false };
  if (condition.op === 'in') return resourceFilter(condition.values.map(String), typeNames);
  if (condition.op === 'eq') return resourceFilter([String(condition.value)], typeNames);
  throw invalidParameter('Filter', 'Resource ids are asked for by ResourceId, or are equal to something.');
}

function onlyAbsence(condition: Named): Filter {
  if (condition.op === 'isNull') return condition;
  throw invalidParameter('Filter', 'The geometry is compared by spatial operators.');
}

function ofType(condition: Named): Filter {
  const type = findQueryable(condition.property)?.type;
  if (type === 'date') return instantCondition(condition);
  if (condition.op === 'like' && (type === 'number' || type === 'integer')) {
    const { property } = condition;
    throw invalidParameter('Filter', `${property} is a number: compare it with numbers rather than a pattern.`);
  }
  return condition;
}
