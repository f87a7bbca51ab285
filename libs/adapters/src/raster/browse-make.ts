import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import { InvalidError } from '#domain/errors.js';
import type { BrowseFiles, BrowsePlan, ValueFile } from '#domain/ports/browse-maker.js';
import type { BrowseSettings, Drawing } from './browse-drawing.js';
import { drawGcpTiff } from './browse-gcp.js';
import { drawGeotiff } from './browse-geotiff.js';
import { drawJp2Bands, drawJp2Grey, drawJp2Rgb } from './browse-jp2.js';
import { drawBackscatter, drawReflectances } from './browse-of-values.js';
import { drawPicture } from './browse-picture.js';
import { writeQuicklook } from './browse-quicklook.js';
import { drawSwath } from './browse-swath.js';
import { makeValues } from './browse-values.js';
import { writeCog } from './cog-writer.js';

/** Makes the pictures of a product in this thread: `browse.tif` and `quicklook.jpg` in the folder, and what the plan keeps as values. Throws InvalidError where the source cannot be drawn. */
export async function makeBrowse(
  plan: BrowsePlan,
  folder: string,
  settings: BrowseSettings,
  progress?: (done: number) => void,
): Promise<BrowseFiles> {
  const files = { browse: join(folder, 'browse.tif'), quicklook: join(folder, 'quicklook.jpg') };
  const share = plan.kind === 'sar' || (plan.kind === 'swath' && plan.values !== undefined) ? VALUES_SHARE : 0;
  const values = await makeValues(plan, folder, settings, (done) => progress?.(done * share));
  try {
    const { spec, strips } = await draw(plan, settings, values);
    const tell = (done: number): void => progress?.(share + done * (1 - share));
    await writeCog(files.browse, spec, strips, { signal: settings.signal, progress: tell });
    await writeQuicklook(files.browse, files.quicklook, spec);
    const { crs, origin, pixelSize, width, height } = spec;
    return { ...files, grid: { crs, origin, pixelSize, width, height }, values };
  } catch (error) {
    await Promise.all([files.browse, ...values.map(({ file }) => file)].map((file) => rm(file, { force: true })));
    throw error;
  }
}

/** Part of the work that values are. */
const VALUES_SHARE = 0.9;

async function draw(plan: BrowsePlan, settings: BrowseSettings, values: readonly ValueFile[]): Promise<Drawing> {
  switch (plan.kind) {
    case 'jp2-rgb':
      return drawJp2Rgb(plan, settings);
    case 'jp2-bands':
      return drawJp2Bands(plan, settings);
    case 'jp2-grey':
      return drawJp2Grey(plan, settings);
    case 'sar':
      return drawBackscatter(values[0]!, settings);
    case 'gcp-tiff':
      return drawGcpTiff(plan, settings);
    case 'picture':
      return drawPicture(plan, settings);
    case 'swath':
      return plan.colours === undefined
        ? drawSwath(plan, settings)
        : drawReflectances(picked(values, plan.colours), settings);
    case 'geotiff':
      return drawGeotiff(plan, settings);
  }
}

function picked(values: readonly ValueFile[], names: readonly string[]): readonly ValueFile[] {
  return names.map((name) => {
    const found = values.find((value) => value.name === name);
    if (found === undefined) throw new InvalidError(`There is no ${name} to draw`, { subject: name });
    return found;
  });
}
