import { Jp2Codec } from '#adapters/raster/jp2-codec.js';
import { Landscape } from './landscape.js';
import { textSeed } from './noise.js';
import { Weather } from './weather.js';

/** What all products of one demo archive have in common. */
export class World {
  readonly landscape: Landscape;
  private readonly weathers = new Map<string, Weather>();
  private remembered: { readonly what: string; readonly value: unknown } | undefined;

  private constructor(
    readonly seed: number,
    readonly codec: Jp2Codec,
  ) {
    this.landscape = new Landscape(seed);
  }

  static async make(seed: number): Promise<World> {
    return new World(seed, await Jp2Codec.load());
  }

  /** The clouds of the day a time lies in; how many there are is up to the day. */
  weather(time: Date): Weather {
    const day = time.toISOString().slice(0, 10);
    const known = this.weathers.get(day);
    if (known !== undefined) return known;
    const made = new Weather(this.seed, day, 0.02 + 0.38 * ((textSeed(`${day} ${this.seed}`) & 0xff) / 255) ** 2);
    this.weathers.set(day, made);
    return made;
  }

  /** Makes something large once and keeps it until something else is asked for: products over the same ground follow each other. */
  remember<T>(what: string, make: () => T): T {
    if (this.remembered?.what !== what) this.remembered = { what, value: make() };
    return this.remembered.value as T;
  }
}
