import { Injectable } from '@nestjs/common';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import { meetsBox } from '#domain/geometry/meets-box.js';
import { digestOf } from './memory/digest-of.js';
import { FindScenes, type FoundScenes, type SceneQuery } from './find-scenes.js';
import { ByteLru } from './memory/byte-lru.js';
import { SceneChanges, type LookedAt, type MadeFrom } from './memory/scene-changes.js';
import { SharedWork } from './memory/shared-work.js';

/** The scenes of a neighbourhood, the best first; not all of them where there were more than are kept. */
type Ground = FoundScenes & MadeFrom & LookedAt;

const ROOM = 32 << 20;
const SCENE_BYTES = 6000;
const ASKED_ROOM = 1 << 20;
/** Degrees a neighbourhood spans each way, at least; larger maps have neighbourhoods of twice their size and more. */
const SMALLEST = 0.5;
const LARGEST = 8;
/** Scenes looked for in a neighbourhood for each one a map takes: about how many more lie there than on a map within it. */
const PLENTY = 5;
const MOST = 500;

/**
 * Finds the scenes of maps, remembering those of a neighbourhood that is asked for again: who draws one map of a place mostly draws the ones around it.
 * What it gives is what a search would: where too many scenes lie around to tell, it searches.
 */
@Injectable()
export class RecallScenes {
  private readonly grounds = new ByteLru<Ground>(ROOM, ({ scenes }) => 300 + SCENE_BYTES * scenes.length);
  /** Neighbourhoods asked for once. */
  private readonly asked = new ByteLru<true>(ASKED_ROOM, () => 8);
  private readonly looking = new SharedWork<Ground>();

  constructor(
    private readonly finding: FindScenes,
    private readonly changes: SceneChanges,
  ) {}

  async execute(query: SceneQuery, signal?: AbortSignal): Promise<FoundScenes> {
    const bounds = query.only === undefined ? neighbourhoodOf(query.bounds) : undefined;
    if (!bounds) return this.finding.execute(query, signal);
    const ground = await this.ground({ ...query, bounds }, signal);
    return (ground && within(ground, query)) ?? this.finding.execute(query, signal);
  }

  /** Undefined where a neighbourhood is asked for the first time: looking round is only worth it where more is asked there. */
  private async ground(query: SceneQuery, signal?: AbortSignal): Promise<Ground | undefined> {
    const key = keyOf(query);
    const kept = this.grounds.get(key);
    if (kept && this.changes.isFresh(kept)) return kept;
    if (!kept && !this.asked.get(key)) {
      this.asked.set(key, true);
      return undefined;
    }
    return this.looking.run(key, (stop) => this.look(key, query, stop), signal);
  }

  private async look(key: string, query: SceneQuery, signal: AbortSignal): Promise<Ground> {
    const lookedAt = this.changes.look();
    const found = await this.finding.execute({ ...query, limit: Math.min(MOST, PLENTY * query.limit) }, signal);
    const products = new Set(found.scenes.map(({ product }) => product.id));
    const ground = { ...found, ...lookedAt, collections: [query.collection], products, bounds: query.bounds };
    this.grounds.set(key, ground);
    return ground;
  }
}

/** Boxes of whole steps, so that maps beside each other share one; undefined for what is large, or crosses the antimeridian. */
function neighbourhoodOf([west, south, east, north]: BoundingBox): BoundingBox | undefined {
  const span = Math.max(east - west, north - south);
  if (west > east || 2 * span > LARGEST) return undefined;
  const step = Math.max(SMALLEST, 2 ** Math.ceil(Math.log2(2 * span)));
  const below = (value: number): number => Math.floor(value / step) * step;
  const above = (value: number): number => Math.ceil(value / step) * step;
  return [below(west), Math.max(-90, below(south)), above(east), Math.min(90, above(north))];
}

function keyOf({ collection, rendering, bounds, intervals, order, maxCloudCover, limit }: SceneQuery): string {
  const times = intervals.map(({ start, end }) => [start?.getTime(), end?.getTime()]);
  return JSON.stringify([collection, digestOf(rendering), bounds, times, order, maxCloudCover, limit]);
}

/** The scenes of a place within a neighbourhood; undefined where those that were left out there may be among them. */
function within({ scenes, isCut }: Ground, { bounds, limit }: SceneQuery): FoundScenes | undefined {
  const here = scenes.filter(({ product }) => product.geometry && meetsBox(product.geometry, bounds));
  if (isCut && here.length <= limit) return undefined;
  return { scenes: here.slice(0, limit), isCut: here.length > limit };
}
