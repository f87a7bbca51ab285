import type { Filter, SortKey } from '#domain/catalog/catalog-query.js';
import { boxOf, nameIn } from '../door-names.js';
import { NoWords, sayable, type Door, type DoorRequest } from '../door.js';
import { conditionsOf, type Question } from '../question.js';
import { speak, type Language } from '../speak.js';

/** STAC API item search: area, time and collections. It pages by cursor only, and leaves the count out of searches it would be dear for. */
export const stacDoor: Door = {
  name: 'STAC',
  ask: (question) => sayable(() => request(question)),
  read: (body) => {
    const answer = JSON.parse(body) as { numberMatched?: number; features: readonly { id: string }[] };
    return { ids: answer.features.map(({ id }) => id), total: answer.numberMatched };
  },
};

function request(question: Question): DoorRequest {
  const { collections, limit, offset, sort } = question;
  if (offset > 0) throw new NoWords('pages by number');
  const body = Object.assign(
    { limit, sortby: sort.map(order) },
    collections === undefined ? {} : { collections },
    ...conditionsOf(question).map(say),
  ) as object;
  return {
    path: '/stac/search',
    init: { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  };
}

function order({ property, direction }: SortKey): object {
  return { field: property === 'id' ? 'id' : `properties.${nameIn('stac', property)}`, direction };
}

const BODY: Language<object> = {
  temporal: ({ interval: { start, end } }) => ({
    datetime: `${start?.toISOString() ?? '..'}/${end?.toISOString() ?? '..'}`,
  }),
  spatial: ({ geometry }) => {
    const box = boxOf(geometry);
    return box === undefined ? { intersects: geometry } : { bbox: box };
  },
};

function say(filter: Filter): object {
  return speak(filter, BODY);
}
