import { Injectable } from '@nestjs/common';
import type { BoundingBox } from '#domain/geometry/geometry.js';
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

const KEPT = 1000;

/** The last changes of products, so that what was made before can tell whether it still holds: noting one costs nothing, however much is cached. */
@Injectable()
export class SceneChanges {
  private readonly ring: SceneChange[] = [];
  private count = 0;

  /** How many changes there were; to be read before something is made. */
  get position(): number {
    return this.count;
  }

  note(change: SceneChange): void {
    this.ring[this.count++ % KEPT] = change;
  }

  /** Whether any change since a position is of a product that was used, or lies where one would be; true too where that is too long ago. */
  haveTouched(made: MadeFrom, since: number): boolean {
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
