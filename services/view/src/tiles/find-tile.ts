import { Inject, Injectable } from '@nestjs/common';
import { DrawMap } from '../draw-map.js';
import type { MapImage } from '../map-image.js';
import type { MapRequest } from '../map-request.js';
import { PlanMap, type PlannedMap } from '../plan-map.js';
import type { FoundMap } from '../send-map.js';
import { MAP_CONFIG, type MapConfig } from '../view.config.js';
import { ByteLru } from '../memory/byte-lru.js';
import { SceneChanges, type LookedAt, type MadeFrom } from '../memory/scene-changes.js';
import { SharedWork } from '../memory/shared-work.js';
import { keyOfTile, mapOfTile, type TileRequest } from './tile-request.js';
import { TileGround } from './tile-ground.js';
import { TileStore } from './tile-store.js';

/** What is known of a tile without its pixels. */
interface Answer extends MadeFrom, LookedAt {
  readonly etag: string;
  readonly warnings: readonly string[];
}

/** Of the room, for what tiles are made from. */
const ANSWERS = 1 / 8;

/** Finds a tile in memory or in the object store, else draws it. Its tag is of the scenes it is drawn from, so that a new scene makes a new tile and nothing else does. */
@Injectable()
export class FindTile {
  private readonly answers: ByteLru<Answer>;
  private readonly images: ByteLru<MapImage>;
  private readonly planned = new SharedWork<{ readonly answer: Answer; readonly plan: PlannedMap }>();
  private readonly drawn = new SharedWork<MapImage>();
  private readonly blanks = new Map<string, Promise<MapImage>>();

  constructor(
    private readonly planning: PlanMap,
    private readonly drawing: DrawMap,
    private readonly places: TileGround,
    private readonly store: TileStore,
    private readonly changes: SceneChanges,
    @Inject(MAP_CONFIG) config: MapConfig,
  ) {
    const room = config.VIEW_TILE_CACHE_MB * 1024 * 1024;
    this.answers = new ByteLru(room * ANSWERS, ({ products }) => 300 + 150 * products.size);
    this.images = new ByteLru(room * (1 - ANSWERS), ({ bytes }) => bytes.length);
  }

  /** `isKnown` tells whether the client has that tag. Throws as PlanMap does. */
  async execute(tile: TileRequest, isKnown: (etag: string) => boolean, signal?: AbortSignal): Promise<FoundMap> {
    const key = keyOfTile(tile);
    const kept = this.fresh(key);
    if (kept) {
      if (isKnown(kept.etag)) return said(kept);
      const image = this.images.get(kept.etag);
      if (image) return { ...said(kept), image };
    }
    const map = mapOfTile(tile);
    const { answer, plan } = await this.planned.run(key, (stop) => this.plan(key, map, stop), signal);
    if (isKnown(answer.etag)) return said(answer);
    return { ...said(answer), image: await this.imageOf(map, plan, signal) };
  }

  private fresh(key: string): Answer | undefined {
    const answer = this.answers.get(key);
    return answer && this.changes.isFresh(answer) ? answer : undefined;
  }

  private async plan(key: string, map: MapRequest, signal: AbortSignal) {
    const lookedAt = this.changes.look();
    const plan = await this.planning.execute(map, signal);
    const bounds = this.places.boundsOf(map);
    const answer: Answer = {
      etag: plan.etag,
      warnings: plan.warnings,
      ...lookedAt,
      collections: map.layers.map(({ name }) => name),
      products: new Set(plan.scenes.map(({ product }) => product.id)),
      ...(bounds && { bounds }),
    };
    this.answers.set(key, answer);
    return { answer, plan };
  }

  private async imageOf(map: MapRequest, plan: PlannedMap, signal?: AbortSignal): Promise<MapImage> {
    if (plan.scenes.length === 0 && plan.underlays.length === 0) return this.blank(map);
    return this.images.get(plan.etag) ?? this.drawn.run(plan.etag, (stop) => this.draw(map, plan, stop), signal);
  }

  private async draw(map: MapRequest, plan: PlannedMap, signal: AbortSignal): Promise<MapImage> {
    const stored = await this.store.get(plan.etag);
    const image = stored ?? (await this.drawing.execute(map, plan, signal));
    if (image.isPartial) return image;
    this.images.set(plan.etag, image);
    if (!stored) this.store.put(plan.etag, image);
    return image;
  }

  /** One for all places of a format and size. */
  private blank(map: MapRequest): Promise<MapImage> {
    const key = `${map.format} ${map.width}`;
    let made = this.blanks.get(key);
    if (!made) this.blanks.set(key, (made = this.places.blank(map)));
    made.catch(() => this.blanks.delete(key));
    return made;
  }
}

function said({ etag, warnings }: Answer): FoundMap {
  return { etag, warnings };
}
