import { COAST, ISLANDS, LAKES, MOUNTAINS, RIVERS, TOWNS, type Place } from './geography.js';
import { smoothStep } from './noise.js';

const { abs, exp, floor, hypot, max, min, sqrt } = Math;

/** Kilometres per degree of longitude (at 51.3 degrees north) and latitude: the plane the landscape is made on. */
export const KM_PER_DEGREE: readonly [number, number] = [69.7, 111.2];

/** Side of the squares that know what lies near them, and distance of the nodes between which slow fields are interpolated. */
const CELL_KM = 8;
const NODE_KM = 4;
const WEST = -500;
const SOUTH = 4800;
const CELLS = 320;
const NODES = 640;

interface Segment {
  readonly from: Place;
  readonly to: Place;
  readonly width: number;
}

interface Town {
  readonly at: Place;
  readonly radius: number;
}

interface Ellipse {
  readonly at: Place;
  readonly half: Place;
}

interface Near {
  readonly rivers: readonly Segment[];
  readonly lakes: readonly Ellipse[];
  readonly towns: readonly Town[];
}

/** Coasts, rivers, towns and uplands in kilometres, found quickly by place; everything is worked out where it is first asked for. */
export class LieOfTheLand {
  private readonly near: (Near | undefined)[] = [];
  private readonly coasts = new Float32Array(NODES * NODES).fill(Number.NaN);
  private readonly heights = new Float32Array(NODES * NODES).fill(Number.NaN);
  private readonly coast = segmentsOf(COAST);
  private readonly rivers = RIVERS.flatMap(({ course, width }) => segmentsOf(course, width));
  private readonly lakes = LAKES.map(({ at, half }) => ({ at: kilometres(at), half: kilometres(half) }));
  private readonly islands = ISLANDS.map(({ at, half }) => ({ at: kilometres(at), half: kilometres(half) }));
  private readonly towns = TOWNS.map(({ at, radius }) => ({ at: kilometres(at), radius }));

  /** Kilometres inland; negative at sea. */
  inland(x: number, y: number): number {
    return this.between(this.coasts, x, y);
  }

  /** Height of the uplands over the plain, in metres. */
  uplands(x: number, y: number): number {
    return this.between(this.heights, x, y);
  }

  /** Whether there is a river or a large lake not far away. */
  hasWater(x: number, y: number): boolean {
    const { rivers, lakes } = this.nearOf(x, y);
    return rivers.length > 0 || lakes.length > 0;
  }

  /** How much of the ground is lake. */
  lake(x: number, y: number): number {
    let most = 0;
    for (const { at, half } of this.nearOf(x, y).lakes) {
      const distance = ((x - at[0]) / half[0]) ** 2 + ((y - at[1]) / half[1]) ** 2;
      most = max(most, 1 - smoothStep(0.97, 1.03, distance));
    }
    return most;
  }

  /** How much of the ground is river: 1 in its middle, 0 beyond its banks. `blur` is the ground size of a pixel in kilometres. */
  river(x: number, y: number, blur: number): number {
    let most = 0;
    for (const segment of this.nearOf(x, y).rivers) {
      const half = segment.width / 2;
      const distance = distanceTo(segment, x, y);
      if (distance < half + blur)
        most = max(most, min(1, segment.width / blur) * (1 - smoothStep(half - blur / 2, half + blur, distance)));
    }
    return most;
  }

  /** How built-up a place is: 1 in the middle of a town, falling to 0 at one and a half radii. */
  town(x: number, y: number): number {
    let most = 0;
    for (const { at, radius } of this.nearOf(x, y).towns) {
      most = max(most, 1 - hypot(x - at[0], y - at[1]) / (1.5 * radius));
    }
    return most;
  }

  private nearOf(x: number, y: number): Near {
    const column = min(CELLS - 1, max(0, floor((x - WEST) / CELL_KM)));
    const row = min(CELLS - 1, max(0, floor((y - SOUTH) / CELL_KM)));
    const at = row * CELLS + column;
    return (this.near[at] ??= this.lookAround(WEST + (column + 0.5) * CELL_KM, SOUTH + (row + 0.5) * CELL_KM));
  }

  private lookAround(x: number, y: number): Near {
    // Rivers meander by some kilometres.
    const reach = CELL_KM * 0.75 + 4;
    return {
      rivers: this.rivers.filter((segment) => distanceTo(segment, x, y) < reach),
      lakes: this.lakes.filter(({ at, half }) => abs(x - at[0]) < half[0] + reach && abs(y - at[1]) < half[1] + reach),
      towns: this.towns.filter(({ at, radius }) => hypot(x - at[0], y - at[1]) < 1.5 * radius + reach),
    };
  }

  private between(field: Float32Array, x: number, y: number): number {
    const across = min(NODES - 1.001, max(0, (x - WEST) / NODE_KM));
    const up = min(NODES - 1.001, max(0, (y - SOUTH) / NODE_KM));
    const column = floor(across);
    const row = floor(up);
    const u = across - column;
    const lower = this.node(field, column, row) * (1 - u) + this.node(field, column + 1, row) * u;
    const upper = this.node(field, column, row + 1) * (1 - u) + this.node(field, column + 1, row + 1) * u;
    return lower + (upper - lower) * (up - row);
  }

  private node(field: Float32Array, column: number, row: number): number {
    const at = row * NODES + column;
    if (Number.isNaN(field[at]!)) {
      const [x, y] = [WEST + column * NODE_KM, SOUTH + row * NODE_KM];
      this.coasts[at] = this.coastAt(x, y);
      this.heights[at] = heightAt(x, y);
    }
    return field[at]!;
  }

  private coastAt(x: number, y: number): number {
    const distance = min(...this.coast.map((segment) => distanceTo(segment, x, y)));
    const mainland = isSouthOf(this.coast, x, y) ? distance : -distance;
    const islands = this.islands.map(({ at, half }) => {
      return (1 - hypot((x - at[0]) / half[0], (y - at[1]) / half[1])) * min(...half);
    });
    return max(mainland, ...islands);
  }
}

/** A place on the plane of the landscape. */
export function kilometres([longitude, latitude]: Place): Place {
  return [longitude * KM_PER_DEGREE[0], latitude * KM_PER_DEGREE[1]];
}

function segmentsOf(course: readonly Place[], widest = 0): Segment[] {
  const places = course.map(kilometres);
  return places.slice(1).map((to, index) => ({
    from: places[index]!,
    to,
    width: widest * min(1, 0.35 + (0.8 * index) / places.length),
  }));
}

function distanceTo({ from, to }: Segment, x: number, y: number): number {
  const dx = to[0] - from[0];
  const dy = to[1] - from[1];
  const along = ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy);
  const share = min(1, max(0, along));
  const east = x - from[0] - share * dx;
  const north = y - from[1] - share * dy;
  return sqrt(east * east + north * north);
}

/** Inside the polygon that the coast closes with the far south (even-odd rule along a ray to the north). */
function isSouthOf(coast: readonly Segment[], x: number, y: number): boolean {
  const crossings = coast.filter(({ from, to }) => {
    if (from[0] <= x === to[0] <= x) return false;
    return from[1] + ((x - from[0]) / (to[0] - from[0])) * (to[1] - from[1]) > y;
  });
  return crossings.length % 2 === 1;
}

const UPLANDS = MOUNTAINS.map(({ at, half, height }) => ({ at: kilometres(at), half: kilometres(half), height }));

function heightAt(x: number, y: number): number {
  return UPLANDS.reduce(
    (sum, { at, half, height }) => sum + height * exp(-(((x - at[0]) / half[0]) ** 2) - ((y - at[1]) / half[1]) ** 2),
    0,
  );
}
