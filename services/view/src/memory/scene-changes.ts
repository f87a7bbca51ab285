import { Injectable } from '@nestjs/common';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import { Clock } from '#domain/ports/clock.js';
import { touches } from '../map-area.js';

/** A product that came, changed or went; without bounds where nothing is known of its place. */
export interface SceneChange {
  readonly collection: string;
  readonly product: string;
  readonly bounds?: BoundingBox;
}

/** What something was made from. */
export interface MadeFrom {
  readonly collections: readonly string[];
  readonly products: ReadonlySet<string>;
  /** Absent where no part of it is on Earth. */
  readonly bounds?: BoundingBox;
}

/** When something was looked at, and until when it is taken to be so without looking. */
export interface LookedAt {
  /** Of the last change before. */
  readonly position: number;
  /** Milliseconds. */
  readonly until: number;
}

const KEPT = 1000;
/**
 * For as long scenes are taken to be the same where no event says otherwise: events reach one instance only. Tiles are remembered that are made of neighbourhoods
 * that are remembered: a change shows everywhere after twice this.
 */
const FRESH_MS = 5_000;

/** The last changes of products, so that what was made before can tell whether it still holds: noting one costs nothing, however much is cached. */
@Injectable()
export class SceneChanges {
  private readonly ring: SceneChange[] = [];
  private count = 0;

  constructor(private readonly clock: Clock) {}

  /** To be called before something is made. */
  look(): LookedAt {
    return { position: this.count, until: this.now() + FRESH_MS };
  }

  /** Whether what was made may be taken to be as it would be made now. */
  isFresh(made: MadeFrom & LookedAt): boolean {
    return made.until > this.now() && !this.haveTouched(made, made.position);
  }

  note(change: SceneChange): void {
    this.ring[this.count++ % KEPT] = change;
  }

  private now(): number {
    return this.clock.now().getTime();
  }

  /** Whether any change since a position is of a product that was used, or lies where one would be; true too where that is too long ago. */
  private haveTouched(made: MadeFrom, since: number): boolean {
    if (this.count - since > KEPT) return true;
    for (let at = since; at < this.count; at++) if (isTouched(made, this.ring[at % KEPT]!)) return true;
    return false;
  }
}

function isTouched({ collections, products, bounds }: MadeFrom, change: SceneChange): boolean {
  if (!collections.includes(change.collection)) return false;
  if (products.has(change.product)) return true;
  return bounds !== undefined && change.bounds !== undefined && touches(bounds, change.bounds);
}
