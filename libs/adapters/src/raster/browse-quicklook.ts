import sharp from 'sharp';
import { COG_BLOCK, type CogSpec } from './cog-spec.js';

const MAX_SIDE = 512;

// libvips remembers opened files by name; a file may be made anew under the same one.
sharp.cache(false);

/** Draws a JPEG of at most 512 px a side from the fitting overview of a COG written here; nodata is black. */
export async function writeQuicklook(cog: string, jpeg: string, spec: CogSpec): Promise<void> {
  const pixels = spec.bands === 1 ? 'b-w' : 'srgb';
  await sharp(cog, { page: fittingLevel(spec) })
    .resize({ width: MAX_SIDE, height: MAX_SIDE, fit: 'inside', withoutEnlargement: true })
    .toColourspace(pixels)
    .jpeg({ quality: 82 })
    .toFile(jpeg);
}

/** The smallest overview that need not be enlarged. */
function fittingLevel({ width, height }: CogSpec): number {
  let level = 0;
  for (let side = Math.max(width, height); side >= 2 * MAX_SIDE && side > COG_BLOCK; side = Math.ceil(side / 2))
    level++;
  return level;
}
