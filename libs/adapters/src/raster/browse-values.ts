import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import type { BrowsePlan, SarImage, ValueFile } from '#domain/ports/browse-maker.js';
import { gridBackscatter } from './backscatter-strips.js';
import type { BrowseSettings } from './browse-drawing.js';
import type { CogSpec, Samples } from './cog-spec.js';
import { writeCog } from './cog-writer.js';
import { SwathGridder } from './swath-values.js';

/** A band before it is written. */
interface Band {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly spec: CogSpec;
  readonly strips: AsyncIterable<Samples>;
}

/** Writes what a plan keeps as values: `values-<name>.tif` in the folder, one after the other. Throws InvalidError where the source has none; then nothing is left. */
export async function makeValues(
  plan: BrowsePlan,
  folder: string,
  settings: BrowseSettings,
  progress?: (done: number) => void,
): Promise<readonly ValueFile[]> {
  const made: ValueFile[] = [];
  const bands = bandsOf(plan, settings);
  try {
    for (const [index, band] of bands.entries()) {
      const tell = (done: number): void => progress?.((index + done) / bands.length);
      made.push(await writeValues(await band(), folder, { signal: settings.signal, progress: tell }));
    }
    return made;
  } catch (error) {
    await Promise.all(made.map(({ file }) => rm(file, { force: true })));
    throw error;
  }
}

function bandsOf(plan: BrowsePlan, settings: BrowseSettings): readonly (() => Promise<Band>)[] {
  if (plan.kind === 'sar') return plan.images.map((image) => () => backscatter(image, settings));
  if (plan.kind !== 'swath' || plan.values === undefined) return [];
  const gridder = new SwathGridder(plan, settings);
  return plan.values.map((wanted) => async () => {
    const { name, title, unit } = wanted;
    return { name, title, unit, ...(await gridder.variable(wanted)) };
  });
}

async function backscatter(image: SarImage, settings: BrowseSettings): Promise<Band> {
  const { name } = image;
  return { name, title: `Sigma nought, ${name}, as power`, unit: '1', ...(await gridBackscatter(image, settings)) };
}

async function writeValues(
  { name, title, unit, spec, strips }: Band,
  folder: string,
  options: { signal: AbortSignal | undefined; progress: (done: number) => void },
): Promise<ValueFile> {
  const file = join(folder, `values-${name.toLowerCase()}.tif`);
  await writeCog(file, spec, strips, options);
  const { crs, origin, pixelSize, width, height } = spec;
  return { name, title, unit, file, grid: { crs, origin, pixelSize, width, height } };
}
