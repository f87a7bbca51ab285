import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import type { BrowseFiles, BrowsePlan } from '#domain/ports/browse-maker.js';
import type { BrowseSettings, Drawing } from './browse-drawing.js';
import { drawGcpTiff } from './browse-gcp.js';
import { drawGeotiff } from './browse-geotiff.js';
import { drawJp2Bands, drawJp2Grey, drawJp2Rgb } from './browse-jp2.js';
import { drawPicture } from './browse-picture.js';
import { writeQuicklook } from './browse-quicklook.js';
import { drawSwath } from './browse-swath.js';
import { writeCog } from './cog-writer.js';

/** Makes the pictures of a product in this thread: `browse.tif` and `quicklook.jpg` in the folder. Throws InvalidError where the source cannot be drawn. */
export async function makeBrowse(
  plan: BrowsePlan,
  folder: string,
  settings: BrowseSettings,
  progress?: (done: number) => void,
): Promise<BrowseFiles> {
  const files = { browse: join(folder, 'browse.tif'), quicklook: join(folder, 'quicklook.jpg') };
  const { spec, strips } = await draw(plan, settings);
  await writeCog(files.browse, spec, strips, { signal: settings.signal, progress });
  try {
    await writeQuicklook(files.browse, files.quicklook, spec);
  } catch (error) {
    await rm(files.browse, { force: true });
    throw error;
  }
  const { crs, origin, pixelSize, width, height } = spec;
  return { ...files, grid: { crs, origin, pixelSize, width, height } };
}

function draw(plan: BrowsePlan, settings: BrowseSettings): Promise<Drawing> {
  switch (plan.kind) {
    case 'jp2-rgb':
      return drawJp2Rgb(plan, settings);
    case 'jp2-bands':
      return drawJp2Bands(plan, settings);
    case 'jp2-grey':
      return drawJp2Grey(plan, settings);
    case 'gcp-tiff':
      return drawGcpTiff(plan, settings);
    case 'picture':
      return drawPicture(plan, settings);
    case 'swath':
      return drawSwath(plan, settings);
    case 'geotiff':
      return drawGeotiff(plan, settings);
  }
}
