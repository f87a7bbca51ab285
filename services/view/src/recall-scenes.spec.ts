import { describe, expect, it } from '@jest/globals';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import { BROWSE_RENDERING } from '#domain/view/rendering.js';
import { testBox, testProduct } from '#test/support/catalogue-products.js';
import type { FindScenes, FoundScenes, Scene, SceneQuery } from './find-scenes.js';
import { meetsBox } from '#domain/geometry/meets-box.js';
import { RecallScenes } from './recall-scenes.js';
import { SceneChanges } from './memory/scene-changes.js';

const scene = (id: string, ...box: BoundingBox): Scene => ({
  product: testProduct(id, { collection: 'c', geometry: testBox(...box) }),
  drawing: { kind: 'picture', asset: { mediaType: 'image/tiff', roles: [] } },
});

/** What a catalogue would find among scenes, the best first, and which searches it was asked. */
class Archive {
  readonly searches: SceneQuery[] = [];
  scenes: readonly Scene[];

  constructor(...scenes: readonly Scene[]) {
    this.scenes = scenes;
  }

  execute(query: SceneQuery): Promise<FoundScenes> {
    this.searches.push(query);
    const here = this.scenes.filter(({ product }) => meetsBox(product.geometry!, query.bounds));
    return Promise.resolve({ scenes: here.slice(0, query.limit), isCut: here.length > query.limit });
  }
}

const map = (...bounds: BoundingBox): SceneQuery => ({
  collection: 'c',
  rendering: BROWSE_RENDERING,
  bounds,
  intervals: [],
  order: 'newest',
  limit: 2,
});

function open(archive: Archive): { recall: RecallScenes; changes: SceneChanges; later: (seconds: number) => void } {
  let now = Date.UTC(2024, 0, 1);
  const changes = new SceneChanges({ now: () => new Date(now) });
  const recall = new RecallScenes(archive as unknown as FindScenes, changes);
  return { recall, changes, later: (seconds) => (now += seconds * 1000) };
}

const idsOf = ({ scenes }: FoundScenes): readonly string[] => scenes.map(({ product }) => product.id);

describe('RecallScenes', () => {
  const [west, east] = [scene('west', 10, 50, 10.2, 50.2), scene('east', 10.2, 50, 10.4, 50.2)];

  it('searches once for a place, once round it, and then no more', async () => {
    const archive = new Archive(west, east);
    const { recall } = open(archive);
    const found = [];
    for (const at of [10.05, 10.3, 10.05, 10.19]) found.push(await recall.execute(map(at, 50.1, at + 0.02, 50.12)));
    expect(found.map(idsOf)).toEqual([['west'], ['east'], ['west'], ['west', 'east']]);
    expect(archive.searches.map(({ bounds }) => bounds)).toEqual([
      [10.05, 50.1, 10.07, 50.12],
      [10, 50, 10.5, 50.5],
    ]);
  });

  it('tells apart what selects other scenes', async () => {
    const archive = new Archive(west);
    const { recall } = open(archive);
    const one = map(10.05, 50.1, 10.07, 50.12);
    const others: readonly SceneQuery[] = [
      { ...one, collection: 'd' },
      { ...one, order: 'oldest' },
      { ...one, limit: 3 },
      { ...one, maxCloudCover: 20 },
      { ...one, rendering: { ...BROWSE_RENDERING, fallsBack: true } },
      { ...one, intervals: [{ start: new Date(0) }] },
    ];
    for (const query of [one, ...others]) await recall.execute(query);
    expect(archive.searches).toHaveLength(7);
  });

  it('searches where more lie around than are kept, unless enough of them lie here', async () => {
    const around = Array.from({ length: 12 }, (_, i) => scene(`around ${i}`, 10.3, 50.3, 10.4, 50.4));
    const archive = new Archive(...around, west);
    const { recall } = open(archive);
    const [here, there] = [map(10.05, 50.1, 10.07, 50.12), map(10.35, 50.35, 10.37, 50.37)];
    await recall.execute(here);
    expect(idsOf(await recall.execute(here))).toEqual(['west']);
    expect(await recall.execute(there)).toMatchObject({ isCut: true });
    expect(archive.searches.map(({ limit }) => limit)).toEqual([2, 10, 2]);
  });

  it('looks again after a change there, and after five seconds', async () => {
    const archive = new Archive(west);
    const { recall, changes, later } = open(archive);
    const here = map(10.05, 50.1, 10.07, 50.12);
    for (let i = 0; i < 3; i++) await recall.execute(here);
    archive.scenes = [scene('new', 10, 50, 11, 51), west];
    changes.note({ collection: 'c', product: 'far', bounds: [20, 50, 21, 51] });
    expect(idsOf(await recall.execute(here))).toEqual(['west']);
    changes.note({ collection: 'c', product: 'new', bounds: [10, 50, 11, 51] });
    expect(idsOf(await recall.execute(here))).toEqual(['new', 'west']);
    archive.scenes = [];
    later(4);
    expect(idsOf(await recall.execute(here))).toEqual(['new', 'west']);
    later(2);
    expect(idsOf(await recall.execute(here))).toEqual([]);
    expect(archive.searches).toHaveLength(4);
  });

  it.each([
    ['of a part of the world', map(0, 40, 10, 50)],
    ['across the antimeridian', map(179.9, 50, -179.9, 50.1)],
    ['of some products only', { ...map(10.05, 50.1, 10.07, 50.12), only: { ids: ['west'] } }],
  ])('searches each time for maps %s', async (_title, query) => {
    const archive = new Archive(west);
    const { recall } = open(archive);
    for (let i = 0; i < 3; i++) await recall.execute(query);
    expect(archive.searches.map(({ bounds }) => bounds)).toEqual([query.bounds, query.bounds, query.bounds]);
  });
});
