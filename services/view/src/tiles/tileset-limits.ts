import { Injectable } from '@nestjs/common';
import type { BoundingBox } from '#domain/geometry/geometry.js';
import { CoordinateSystems } from '#domain/ports/coordinate-systems.js';
import { limitsWithin, type PlaneBox, type TileMatrixSet } from '#domain/tiles/tile-matrix-set.js';
import type { SetLimits } from '#protocols/wmts/layer-sets.js';

/** Latitude at which web Mercator ends. */
const MERCATOR_LATITUDE = 85.051_128_779_806_6;
/** Degrees: the edges of a larger box say little of its inside where meridians bend. */
const LARGEST = 60;
/** Of the size of a box, for edges that bend between the points they are followed by. */
const MARGIN = 0.01;

/** Tells which tiles of a set a box of longitudes and latitudes has part in. */
@Injectable()
export class TilesetLimits {
  private readonly known = new WeakMap<BoundingBox, Map<string, SetLimits | undefined>>();

  constructor(private readonly systems: CoordinateSystems) {}

  /** Undefined where all tiles have to be taken for part of it; matrices without any are left out. Remembered for as long as the box itself. */
  execute(set: TileMatrixSet, bbox: BoundingBox): SetLimits | undefined {
    const known = this.known.get(bbox) ?? new Map<string, SetLimits | undefined>();
    if (!known.has(set.id)) this.known.set(bbox, known.set(set.id, this.limitsOf(set, bbox)));
    return known.get(set.id);
  }

  private limitsOf(set: TileMatrixSet, bbox: BoundingBox): SetLimits | undefined {
    const box = this.boxOf(set, flat(bbox));
    return (
      box &&
      set.matrices.flatMap((matrix) => {
        const limits = limitsWithin(matrix, box);
        return limits ? [{ matrix, limits }] : [];
      })
    );
  }

  private boxOf({ crs }: TileMatrixSet, [west, south, east, north]: BoundingBox): PlaneBox | undefined {
    if (crs === 'CRS:84') return [west, south, east, north];
    if (crs === 'EPSG:3857') {
      const [low, high] = [Math.max(-MERCATOR_LATITUDE, south), Math.min(MERCATOR_LATITUDE, north)];
      return this.systems.transformBounds('CRS:84', crs, [west, low, east, high]);
    }
    if (east - west > LARGEST || north - south > LARGEST) return undefined;
    const box = this.systems.transformBounds('CRS:84', crs, [west, south, east, north]);
    if (!box) return undefined;
    const [x, y] = [(box[2] - box[0]) * MARGIN, (box[3] - box[1]) * MARGIN];
    return [box[0] - x, box[1] - y, box[2] + x, box[3] + y];
  }
}

function flat(bbox: BoundingBox): BoundingBox {
  return bbox[0] <= bbox[2] ? bbox : [-180, bbox[1], 180, bbox[3]];
}
