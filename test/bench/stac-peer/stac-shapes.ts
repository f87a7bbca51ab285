import type { Geometry } from '#domain/geometry/geometry.js';
import { seededRandom } from '../seeded-random.js';
import { askJson, type ItemPage } from './stac-items.js';

/** A search, as the body of `POST /search`; made anew for each turn, the same for the same turn. */
export type Shape = (turn: number) => object;

/** What the shapes need of the catalogue. */
export interface ShapeGround {
  readonly country: Geometry;
  readonly ids: readonly string[];
}

/** What both count: the peer counts only where told. */
const COUNTED = { conf: { context: 'on' } };
const L2A = ['sentinel-2-l2a'];

/** The eight kinds of search both are asked. */
export function stacShapes({ country, ids }: ShapeGround): Readonly<Record<string, Shape>> {
  return {
    point: chance((between) => ({
      intersects: { type: 'Point', coordinates: [between(4, 17), between(46, 55)] },
      limit: 20,
    })),
    'country polygon + month': chance((between) => ({
      collections: L2A,
      intersects: country,
      datetime: month(between),
      limit: 50,
    })),
    'cloud filter, clearest first': chance((between) => ({
      collections: L2A,
      filter: { op: '<', args: [{ property: 'eo:cloud_cover' }, Math.round(between(10, 40))] },
      'filter-lang': 'cql2-json',
      sortby: [{ field: 'properties.eo:cloud_cover', direction: 'asc' }],
      limit: 50,
    })),
    '10 ids': chance((between) => ({
      ids: Array.from({ length: 10 }, () => ids[Math.floor(between(0, ids.length))]),
      limit: 10,
    })),
    'count of a collection and month': chance((between) => ({
      ...COUNTED,
      collections: [between(0, 2) < 1 ? 'sentinel-2-l1c' : 'sentinel-1-grd'],
      datetime: month(between),
      limit: 1,
    })),
    'collection + month': chance((between) => ({
      collections: ['sentinel-2-l1c'],
      datetime: month(between),
      limit: 100,
    })),
    'free box of 20 degrees': chance((between) => {
      const [west, south] = [between(-170, 140), between(-55, 50)];
      return { bbox: [west, south, west + 20, south + 20], limit: 50 };
    }),
  };
}

type Between = (low: number, high: number) => number;

function chance(make: (between: Between) => object): Shape {
  return (turn) => {
    const random = seededRandom(turn * 7919 + 11);
    return make((low, high) => low + (high - low) * random());
  };
}

function month(between: Between): string {
  const start = new Date(Date.UTC(2016 + Math.floor(between(0, 10)), Math.floor(between(0, 12)), 1));
  const end = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1) - 1000);
  return `${start.toISOString()}/${end.toISOString()}`;
}

const DEEP = 100;
const KEPT = 20;

/** Pages of 100 from the hundredth on, by the links the server gave on the way there. */
export async function deepPages(api: string): Promise<Shape> {
  const first: object = { collections: ['sentinel-2-l1c'], limit: 100 };
  const bodies: object[] = [];
  let body = first;
  for (let page = 0; page < DEEP + KEPT; page++) {
    const { links } = await askJson<ItemPage>(`${api}/search`, body);
    const next = links.find(({ rel }) => rel === 'next')?.body;
    if (next === undefined) throw new Error(`${api} has no page after ${page}`);
    body = { ...first, ...next };
    bodies.push(body);
  }
  const deep = bodies.slice(DEEP);
  return (turn) => deep[turn % deep.length]!;
}
