import { InvalidError } from '#domain/errors.js';
import { isComplex, type ODataEntity, type ODataProperty } from './odata-value.js';

/** The entity with nothing but the properties and links `$select` names. Throws InvalidError for a name it has not. */
export function selectProperties(entity: ODataEntity, select: readonly string[] | undefined): ODataEntity {
  if (select === undefined) return entity;
  const known = new Set([...entity.properties, ...entity.links].map(({ name }) => name));
  const unknown = select.find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new InvalidError(`Could not find property with name: '${unknown}'.`, { subject: '$select' });
  }
  return {
    ...entity,
    properties: entity.properties.filter(({ name }) => select.includes(name)),
    links: entity.links.filter(({ name }) => select.includes(name)),
  };
}

/** The property at a path below an entity, e.g. `Checksum`, `Value`; undefined where there is none. */
export function propertyAt(entity: ODataEntity, path: readonly string[]): ODataProperty | undefined {
  let properties = entity.properties;
  let found: ODataProperty | undefined;
  for (const step of path) {
    found = properties.find(({ name }) => name === step);
    if (found === undefined) return undefined;
    properties = isComplex(found.value) ? found.value.properties : [];
  }
  return found;
}
