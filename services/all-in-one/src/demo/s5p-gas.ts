import { TOWNS } from './geography.js';
import { bareGround } from './landscape.js';
import { kilometres, KM_PER_DEGREE } from './lie-of-the-land.js';
import { Noise, textSeed } from './noise.js';
import { GASES, type S5pNaming } from './s5p-naming.js';
import type { World } from './world.js';

const { cos, exp, max, round, sin } = Math;

/** The NetCDF library's default for missing floats. */
export const FILL = 9.969209968386869e36;

/** Columns of the gas and the quality of each in percent: plumes of towns drift with the day's wind, thick clouds hide what is below. */
export function columnsOfGas(
  naming: S5pNaming,
  world: World,
): { readonly amounts: Float32Array; readonly quality: Uint8Array } {
  const { columns, rows, across } = naming.frame.size;
  const amounts = new Float32Array(columns * rows);
  const quality = new Uint8Array(columns * rows);
  const gas = GASES[naming.plan.gas];
  const plumes = plumesOf(naming);
  const weather = world.weather(naming.start);
  const noise = new Noise(textSeed(naming.name));
  const ground = bareGround();
  naming.frame.forEach(([longitude, latitude], at) => {
    const [x, y] = kilometres([longitude, latitude]);
    const cloud = weather.cloud(longitude, latitude);
    quality[at] = round(100 - 70 * cloud);
    world.landscape.look(longitude, latitude, across, ground);
    // Less air stands over mountains.
    const air = exp(-ground.height / 8_000) * (1 + 0.12 * noise.fractal(x / 240, y / 240, 4));
    const added = gas.town * plumes(x, y);
    const amount = gas.background * air * (1 + 0.05 * noise.at(x / 9, y / 9)) + added;
    amounts[at] = cloud > 0.8 ? FILL : amount;
  });
  return { amounts, quality };
}

/** What all towns together send to a place, in units of a small town's own air. */
function plumesOf({ plan, start }: S5pNaming): (x: number, y: number) => number {
  const { reach } = GASES[plan.gas];
  const wind = ((textSeed(start.toISOString().slice(0, 10)) & 0xff) / 255) * 2 * Math.PI;
  const [windX, windY] = [cos(wind), sin(wind)];
  const towns = TOWNS.map(({ at, radius }) => ({ x: at[0] * KM_PER_DEGREE[0], y: at[1] * KM_PER_DEGREE[1], radius }));
  return (x, y) => {
    let sum = 0;
    for (const town of towns) {
      const along = (x - town.x) * windX + (y - town.y) * windY;
      if (along < -3 * town.radius || along > 6 * reach) continue;
      const beside = (y - town.y) * windX - (x - town.x) * windY;
      const width = town.radius * 1.6 + 0.16 * max(0, along);
      const faded = along < 0 ? exp(-((along / town.radius) ** 2)) : exp(-along / reach);
      sum += (town.radius / 6) ** 1.4 * faded * exp(-((beside / width) ** 2)) * ((town.radius * 1.6) / width) ** 0.5;
    }
    return sum;
  };
}
