import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Jp2Codec } from './jp2-codec.js';
import { Jp2Image } from './jp2-image.js';

const FIXTURES = '../shared/fixtures';
const L1C =
  'safe/S2/stars-L1C/S2A_MSIL1C_20220125T151701_N0400_R125_T18LTM_20220125T190036.SAFE/GRANULE/L1C_T18LTM_A034442_20220125T152341';
const pictures: [string, number[]][] = [
  [`${L1C}/IMG_DATA/T18LTM_20220125T151701_B01.jp2`, [0, 1, 2]],
  ['rasters/jp2/img-15bit.jp2', [0, 1, 3]],
  ['rasters/jp2/img-16bit.jp2', [0, 2]],
  ['rasters/jp2/img-8bit.jp2', [0, 1]],
  ['rasters/derived/S2_TCI_T34_rgb.jp2', [0, 1, 2, 3]],
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jp2-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function byGdal(file: string, reduction: number): Buffer {
  const out = join(folder, 'gdal.raw');
  const level = reduction === 0 ? [] : ['-oo', `OVERVIEW_LEVEL=${reduction - 1}`];
  execFileSync('gdal_translate', ['-q', ...level, '-of', 'ENVI', '-co', 'INTERLEAVE=BIP', file, out]);
  return readFileSync(out);
}

async function decode(file: string, reduction: number, wholeUpTo?: number): Promise<Buffer> {
  const image = await Jp2Image.open(file, wholeUpTo);
  try {
    const strips: Buffer[] = [];
    for await (const strip of image.rows(await Jp2Codec.load(), reduction)) {
      strips.push(Buffer.from(strip.buffer, strip.byteOffset, strip.byteLength));
    }
    return Buffer.concat(strips);
  } finally {
    await image.close();
  }
}

const present = existsSync(FIXTURES);
if (!present) console.warn(`Skipped: ${FIXTURES} is missing`);

(present ? describe : describe.skip)('Jp2Image against GDAL', () => {
  const cases = pictures.flatMap(([file, reductions]) =>
    reductions.map((reduction): [string, number] => [file, reduction]),
  );

  it.each(cases)('%s at 1/2^%d is bit-equal, decoded at once', async (name, reduction) => {
    const file = join(FIXTURES, name);
    expect(Buffer.compare(await decode(file, reduction), byGdal(file, reduction))).toBe(0);
  });

  it.each(cases.filter(([name]) => !name.includes('16bit')))(
    '%s at 1/2^%d is bit-equal, decoded tile by tile',
    async (name, reduction) => {
      const file = join(FIXTURES, name);
      expect(Buffer.compare(await decode(file, reduction, 0), byGdal(file, reduction))).toBe(0);
    },
  );
});
