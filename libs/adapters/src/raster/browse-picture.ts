import type { OutputInfo } from 'sharp';
import type { BrowsePlan, Corner } from '#domain/ports/browse-maker.js';
import { InvalidError } from '#domain/errors.js';
import type { BrowseSettings, Drawing } from './browse-drawing.js';
import { drawGrid } from './swath-drawing.js';
import type { Swath } from './swath.js';
import { gridSwath } from './swath-grid.js';
import { sharp } from './picture-formats.js';

const MAX_PIXELS = 64e6;

/** Stretches a preview picture over the positions of its corners; black is nodata. */
export async function drawPicture(
  plan: Extract<BrowsePlan, { kind: 'picture' }>,
  settings: BrowseSettings,
): Promise<Drawing> {
  const { data, info } = await decode(plan.file, settings.maxSide);
  const grid = gridSwath(cornerSwath(plan.corners, info.width, info.height), settings.maxSide);
  return drawGrid(grid, { bands: info.channels === 1 ? 1 : 3, samples: data });
}

async function decode(file: string, maxSide: number): Promise<{ data: Buffer; info: OutputInfo }> {
  const name = file.slice(file.lastIndexOf('/') + 1);
  try {
    return await sharp(file, { limitInputPixels: MAX_PIXELS })
      .resize({ width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true })
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
  } catch (cause) {
    throw new InvalidError(`The picture ${name} cannot be read: ${(cause as Error).message}`, { subject: name, cause });
  }
}

/** Bilinear between the corners: first row left and right, last row right and left. */
function cornerSwath(corners: readonly [Corner, Corner, Corner, Corner], columns: number, rows: number): Swath {
  const west = corners[0][0];
  const near = corners.map(([lon, lat]) => [lon - 360 * Math.round((lon - west) / 360), lat] as const);
  const longitude = new Float32Array(columns * rows);
  const latitude = new Float32Array(columns * rows);
  const between = (axis: 0 | 1, u: number, v: number): number => {
    const first = near[0]![axis] * (1 - u) + near[1]![axis] * u;
    const last = near[3]![axis] * (1 - u) + near[2]![axis] * u;
    return first * (1 - v) + last * v;
  };
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      longitude[at] = between(0, (column + 0.5) / columns, (row + 0.5) / rows);
      latitude[at] = between(1, (column + 0.5) / columns, (row + 0.5) / rows);
    }
  }
  return { columns, rows, longitude, latitude };
}
