import { KM_PER_DEGREE, LieOfTheLand } from './lie-of-the-land.js';
import { Noise, smoothStep } from './noise.js';

const { abs, cos, exp, floor, max, min, sin } = Math;

/** What the ground is like at a place; shares are 0 to 1. */
export interface Ground {
  /** Metres above the sea; 0 at sea. */
  height: number;
  water: number;
  /** Light from the bottom and sediment, of water. */
  shallow: number;
  forest: number;
  /** Built-up. */
  town: number;
  /** Which crop the field grows, 0 to 1. */
  crop: number;
  /** Lighter (to 1) or darker (to -1) than usual. */
  tone: number;
}

/** Ground to be filled in. */
export function bareGround(): Ground {
  return { height: 0, water: 0, shallow: 0, forest: 0, town: 0, crop: 0, tone: 0 };
}

/** A made-up middle Europe: coasts, rivers, towns and uplands about where they are, everything else from a seed. */
export class Landscape {
  private readonly lie = new LieOfTheLand();
  private readonly noise: Noise;
  private readonly parcels: Noise;

  constructor(seed: number) {
    this.noise = new Noise(seed);
    this.parcels = new Noise(seed ^ 0x51ed270b);
  }

  /** The ground at a place, seen in pixels of `pixel` kilometres. */
  look(longitude: number, latitude: number, pixel: number, ground: Ground): void {
    const { noise, lie } = this;
    const x = longitude * KM_PER_DEGREE[0];
    const y = latitude * KM_PER_DEGREE[1];
    const bendX = noise.fractal(x / 22, y / 22, 3);
    const bendY = noise.fractal(x / 22 + 91.7, y / 22 + 37.1, 3);
    const inland = lie.inland(x + 9 * bendX, y + 9 * bendY) + 1.2 * noise.at(x / 1.7, y / 1.7);
    if (inland < -0.3) {
      this.sea(inland, bendX, ground);
      return;
    }
    const uplands = lie.uplands(x + 8 * bendX, y + 8 * bendY);
    const ridge = uplands < 40 ? 0 : 1 - 2 * abs(noise.fractal(x / 9 + 3.3, y / 9 + 8.8, 4));
    ground.height = 25 + 30 * abs(bendY) + uplands * (0.6 + 0.55 * ridge);
    ground.water = max(1 - smoothStep(-0.3, 0.1, inland), this.pond(x, y), this.inlandWater(x, y, pixel));
    ground.shallow = 0.35 + 0.25 * bendX;
    // Whole regions are wooded or bare, meadow or field.
    const region = noise.fractal(x / 85 + 5.1, y / 85 + 2.7, 2);
    const woods =
      noise.fractal(x / 11 + 0.6 * bendX, y / 11 + 0.6 * bendY, 4) - 0.35 * region + min(0.75, uplands / 800) - 0.08;
    ground.forest = smoothStep(0.1, 0.3, woods + 0.14 * noise.at(x / 0.8, y / 0.8));
    ground.town = this.built(x, y, ground);
    ground.tone = noise.fractal(x / 3.1, y / 3.1, 3);
    if (ground.town > 0) ground.tone += ground.town * noise.at(x / 0.45, y / 0.45);
    const parcel = pixel > 1.5 ? 0.3 + 0.2 * ground.tone : this.cropOf(x + 1.5 * bendX, y + 1.5 * bendY);
    ground.crop = min(1, max(0, parcel + 0.45 * region - min(0.4, uplands / 1500)));
  }

  private sea(inland: number, bend: number, ground: Ground): void {
    ground.height = 0;
    ground.water = 1;
    ground.shallow = max(0, exp(inland / 9) * 0.9 + 0.25 * bend);
    ground.forest = 0;
    ground.town = 0;
    ground.crop = 0;
    ground.tone = 0.4 * bend;
  }

  /** Small lakes wherever the noise has a peak. */
  private pond(x: number, y: number): number {
    const peak = this.noise.at(x / 4.3 + 7.7, y / 4.3);
    return peak < 0.84 ? 0 : smoothStep(0.98, 1, peak + 0.14 * this.noise.at(x, y));
  }

  /** Rivers that meander, and the large lakes. */
  private inlandWater(x: number, y: number, pixel: number): number {
    const { noise, lie } = this;
    if (!lie.hasWater(x, y)) return 0;
    const east = 2.6 * noise.fractal(x / 13, y / 13, 2) + 1.1 * noise.fractal(x / 4.6, y / 4.6, 3);
    const north = 2.6 * noise.fractal(x / 13 + 45.1, y / 13, 2) + 1.1 * noise.fractal(x / 4.6 + 31.4, y / 4.6, 3);
    return max(lie.river(x + east, y + north, pixel), lie.lake(x + 0.4 * east, y + 0.4 * north));
  }

  /** Towns are ragged and keep parks and woods; villages lie in the fields. */
  private built(x: number, y: number, { forest, water }: Ground): number {
    const core = this.lie.town(x, y);
    const ragged = core <= 0 ? 0 : smoothStep(0.25, 0.55, core + 0.5 * this.noise.fractal(x / 4.7 + 5.5, y / 4.7, 4));
    const village = 0.75 * smoothStep(0.66, 0.74, this.noise.at(x / 1.9 + 3.1, y / 1.9 + 1.7));
    return max(ragged * (1 - 0.6 * forest), village * (1 - forest)) * (1 - water);
  }

  /** Parcels of some hundred metres, laid out differently from one neighbourhood to the next. */
  private cropOf(x: number, y: number): number {
    const turn = floor(TURNS * (0.5 + 0.5 * this.parcels.cell(floor(x / 6), floor(y / 6))));
    const along = x * COSINES[turn]! + y * SINES[turn]!;
    const across = y * COSINES[turn]! - x * SINES[turn]!;
    const row = floor(across / 0.55);
    return 0.5 + 0.5 * this.parcels.cell(floor(along / 0.9 + 3 * this.parcels.cell(row, 77)), row);
  }
}

/** Directions parcels are laid out in, over a bit less than half a turn. */
const TURNS = 32;
const COSINES = Float64Array.from({ length: TURNS + 1 }, (_, i) => cos((3 * i) / TURNS));
const SINES = Float64Array.from({ length: TURNS + 1 }, (_, i) => sin((3 * i) / TURNS));
