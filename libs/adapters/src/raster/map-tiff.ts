import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { framedBlock, writeCogHeader } from './cog-header.js';
import { predictHorizontally } from './cog-predictor.js';
import { COG_BLOCK, type CogSpec } from './cog-spec.js';

const deflateBlock = promisify(deflate);

/** A map to be written: 8 bits a band, the last of two or four being opacity; `bbox` is its outer edges in x/y order of `crs`. */
export interface MapTiff {
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  readonly crs: string;
  readonly bbox: readonly [minX: number, minY: number, maxX: number, maxY: number];
}

/** Writes a map as a tiled, deflated GeoTIFF (OGC GeoTIFF 1.1) in memory. `samples` are interleaved by pixel. */
export async function encodeMapTiff(map: MapTiff, samples: Uint8Array): Promise<Buffer> {
  const { width, height } = map;
  const blocks: Buffer[] = [];
  for (let top = 0; top < height; top += COG_BLOCK) {
    const lefts = Array.from({ length: Math.ceil(width / COG_BLOCK) }, (_, column) => column * COG_BLOCK);
    blocks.push(...(await Promise.all(lefts.map((left) => encodeBlock(map, samples, { left, top })))));
  }
  const level = { width, height, sizes: blocks.map((block) => block.length) };
  return Buffer.concat([writeCogHeader(specOf(map), [level], false), ...blocks.flatMap(framedBlock)]);
}

function specOf({ width, height, bands, crs, bbox }: MapTiff): CogSpec {
  return {
    width,
    height,
    bands,
    sampleType: 'uint8',
    crs,
    origin: [bbox[0], bbox[3]],
    pixelSize: [(bbox[2] - bbox[0]) / width, (bbox[3] - bbox[1]) / height],
    alpha: bands % 2 === 0,
  };
}

function encodeBlock(
  { width, height, bands }: MapTiff,
  samples: Uint8Array,
  { left, top }: { readonly left: number; readonly top: number },
): Promise<Buffer> {
  const block = new Uint8Array(COG_BLOCK * COG_BLOCK * bands);
  const columns = Math.min(COG_BLOCK, width - left);
  for (let row = 0; row < Math.min(COG_BLOCK, height - top); row++) {
    const from = ((top + row) * width + left) * bands;
    block.set(samples.subarray(from, from + columns * bands), row * COG_BLOCK * bands);
  }
  predictHorizontally(block, bands);
  return deflateBlock(block);
}
