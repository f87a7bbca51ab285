import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { demoPlans, nameOf, type DemoPlan } from './demo-plan.js';
import { makeS1 } from './s1-product.js';
import { makeS2 } from './s2-product.js';
import { makeS3 } from './s3-product.js';
import { makeS5p } from './s5p-product.js';
import { World } from './world.js';

/** The leading dot keeps products in the making out of the drop folder's sight. */
const IN_THE_MAKING = '.demo-';

/** What can be said about a demo archive; the same seed gives the same bytes. */
export interface DemoOptions {
  /** Only so many products; the first seven are one of each sort. */
  readonly count?: number;
  readonly seed?: number;
  /** Names that are not made. */
  readonly without?: ReadonlySet<string>;
  /** Told after each product. */
  readonly made?: (name: string) => Promise<void> | void;
}

/** Names of the products of the demo archive, in the order they are made. */
export function demoNames(count?: number): readonly string[] {
  return demoPlans().slice(0, count).map(nameOf);
}

/** Makes the products of the demo archive in a folder: SAFE and SEN3 folders and NetCDF files, each appearing whole. Gives the names of those it made. */
export async function generateDemo(folder: string, options: DemoOptions = {}): Promise<readonly string[]> {
  const { count, seed = 1473, without, made } = options;
  await clear(folder);
  const plans = demoPlans()
    .slice(0, count)
    .filter((plan) => without?.has(nameOf(plan)) !== true);
  const world = await World.make(seed);
  for (const plan of plans) {
    const name = nameOf(plan);
    const partial = join(folder, IN_THE_MAKING + name);
    await make(plan, partial, world);
    await rm(join(folder, name), { recursive: true, force: true });
    await rename(partial, join(folder, name));
    await made?.(name);
  }
  return plans.map(nameOf);
}

/** Removes what a process that was killed left half made. */
async function clear(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const left = (await readdir(folder)).filter((name) => name.startsWith(IN_THE_MAKING));
  await Promise.all(left.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}

function make(plan: DemoPlan, target: string, world: World): Promise<void> {
  switch (plan.kind) {
    case 's1':
      return makeS1(plan, target, world);
    case 's2':
      return makeS2(plan, target, world);
    case 's3':
      return makeS3(plan, target, world);
    case 's5p':
      return makeS5p(plan, target, world);
  }
}
