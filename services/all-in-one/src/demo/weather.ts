import { KM_PER_DEGREE } from './lie-of-the-land.js';
import { Noise, smoothStep, textSeed } from './noise.js';

const { log, max, min } = Math;

/** The clouds of one day, the same for every product of it. */
export class Weather {
  private readonly noise: Noise;
  private readonly offset: readonly [number, number];
  private readonly threshold: number;

  /** `day` is the date, `cover` about the share of the sky in clouds. */
  constructor(
    seed: number,
    day: string,
    readonly cover: number,
  ) {
    this.noise = new Noise(seed ^ 0x2545f491);
    const hash = textSeed(day);
    this.offset = [(hash & 0xff) + 0.37, ((hash >>> 8) & 0xff) + 0.71];
    this.threshold = thresholdOf(cover);
  }

  /** Opacity of the clouds over a place, 0 to 1. `east` and `north` move the place by kilometres. */
  cloud(longitude: number, latitude: number, east = 0, north = 0): number {
    const x = (longitude * KM_PER_DEGREE[0] + east) / 48 + this.offset[0];
    const y = (latitude * KM_PER_DEGREE[1] + north) / 48 + this.offset[1];
    const large = this.noise.fractal(x, y, 3);
    if (large < this.threshold - 0.55) return 0;
    const value = 0.8 * large + 0.55 * this.noise.fractal(x * 7.3 + 11.1, y * 7.3 + 4.2, 5);
    return smoothStep(this.threshold, this.threshold + 0.3, value);
  }
}

/** The sum of the noises is roughly normal with this deviation. */
const DEVIATION = 0.31;

function thresholdOf(cover: number): number {
  // A logistic quantile is close enough to the normal one here.
  const share = min(0.98, max(0.005, cover));
  return DEVIATION * 0.6 * log((1 - share) / share) - 0.1;
}
