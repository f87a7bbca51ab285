import type { Sharp } from 'sharp';
import type { BrowsePlan } from '#domain/ports/browse-maker.js';
import { InvalidError } from '#domain/errors.js';
import { stretchToByte, type BrowseSettings, type Drawing } from './browse-drawing.js';
import { checkCogSpec, type CogSpec } from './cog-spec.js';
import { readGeoTags, type GeoTags } from './gcp-tags.js';
import { percentileRange } from './swath-drawing.js';
import { sharp } from './picture-formats.js';

const STRIP_ROWS = 512;
const MAX_PIXELS = 2 ** 31;
/** Side of the picture the stretch is measured on. */
const MEASURED_SIDE = 512;

/** Re-tiles a north-up GeoTIFF to a browse COG: one band grey, three or more as red, green, blue; samples that are not 8-bit from their 2nd to 98th percentile. */
export async function drawGeotiff(
  plan: Extract<BrowsePlan, { kind: 'geotiff' }>,
  settings: BrowseSettings,
): Promise<Drawing> {
  const tags = await readGeoTags(plan.file);
  const { bits, sampleFormat } = tags;
  if (bits !== 8 && !(bits === 16 && sampleFormat <= 2) && !(bits === 32 && sampleFormat === 3)) {
    throw new InvalidError(`GeoTIFF samples of ${bits} bits (format ${sampleFormat}) are not drawn`);
  }
  const spec = browseSpec(tags);
  checkCogSpec(spec);
  const range = bits === 8 ? undefined : await measure(plan.file, tags);
  return { spec, strips: geotiffStrips(plan.file, tags, { bands: spec.bands, range, signal: settings.signal }) };
}

function browseSpec(tags: GeoTags): CogSpec {
  const [scaleX, scaleY] = tags.pixelScale;
  const [column, row, , x, y] = tags.tiepoints;
  if (scaleX === undefined || scaleY === undefined || y === undefined || scaleY <= 0) {
    throw new InvalidError('The GeoTIFF is not on a north-up grid');
  }
  return {
    width: tags.width,
    height: tags.height,
    bands: tags.bands >= 3 ? 3 : 1,
    sampleType: 'uint8',
    crs: `EPSG:${geoKey(tags, 3072) ?? geoKey(tags, 2048) ?? 'none'}`,
    origin: [x! - column! * scaleX, y + row! * scaleY],
    pixelSize: [scaleX, scaleY],
    nodata: 0,
  };
}

function geoKey({ geoKeys }: GeoTags, key: number): number | undefined {
  for (let at = 4; at + 3 < geoKeys.length; at += 4) if (geoKeys[at] === key) return geoKeys[at + 3];
  return undefined;
}

interface Style {
  readonly bands: number;
  readonly range: readonly [number, number] | undefined;
  readonly signal: AbortSignal | undefined;
}

async function* geotiffStrips(file: string, tags: GeoTags, style: Style): AsyncGenerator<Uint8Array> {
  for (let top = 0; top < tags.height; top += STRIP_ROWS) {
    style.signal?.throwIfAborted();
    const height = Math.min(STRIP_ROWS, tags.height - top);
    const image = opened(file).extract({ left: 0, top, width: tags.width, height });
    yield toBytes(await samplesOf(image, tags), style, tags.nodata);
  }
}

async function measure(file: string, tags: GeoTags): Promise<[number, number]> {
  const small = opened(file).resize(MEASURED_SIDE, MEASURED_SIDE, {
    fit: 'inside',
    withoutEnlargement: true,
    kernel: 'nearest',
  });
  const { samples, channels, channelOf } = await samplesOf(small, tags);
  const nodata = tags.nodata ?? 0;
  const bands = tags.bands >= 3 ? 3 : 1;
  const values = new Float32Array((samples.length / channels) * bands);
  for (let i = 0; i < values.length; i++) {
    const value = samples[Math.trunc(i / bands) * channels + channelOf(i % bands)]!;
    values[i] = value === nodata ? Number.NaN : value;
  }
  return percentileRange(values);
}

const opened = (file: string): Sharp => sharp(file, { page: 0, limitInputPixels: MAX_PIXELS });

interface Decoded {
  readonly samples: Uint8Array | Float32Array;
  /** Channels in `samples`, and the one each band of the file stands in. */
  readonly channels: number;
  readonly channelOf: (band: number) => number;
}

async function samplesOf(image: Sharp, tags: GeoTags): Promise<Decoded> {
  try {
    const eight = tags.bits === 8;
    const space = colourSpace(tags);
    const { data, info } = await (space === undefined ? image : image.toColourspace(space))
      .raw({ depth: eight ? 'uchar' : 'float' })
      .toBuffer({ resolveWithObject: true });
    const samples = eight ? new Uint8Array(data) : new Float32Array(data.buffer, data.byteOffset, data.length >> 2);
    // libvips takes the first band of what is not marked as RGB for grey and spreads it over three channels.
    const spread = info.channels - tags.bands;
    return { samples, channels: info.channels, channelOf: (band) => (band === 0 ? 0 : band + Math.max(0, spread)) };
  } catch (cause) {
    throw new InvalidError(`The GeoTIFF cannot be read: ${(cause as Error).message}`, { cause });
  }
}

/** The colour space that keeps samples as they are; floats are kept without one. */
function colourSpace({ bits, bands, sampleFormat }: GeoTags): string | undefined {
  if (bits === 8) return bands >= 3 ? 'srgb' : 'b-w';
  if (sampleFormat === 3) return undefined;
  return bands >= 3 ? 'rgb16' : 'grey16';
}

function toBytes({ samples, channels, channelOf }: Decoded, { bands, range }: Style, nodata = 0): Uint8Array {
  const out = new Uint8Array((samples.length / channels) * bands);
  for (let band = 0; band < bands; band++) {
    for (let from = channelOf(band), to = band; to < out.length; from += channels, to += bands) {
      const value = samples[from]!;
      if (value === nodata || Number.isNaN(value)) continue;
      out[to] = range === undefined ? value : stretchToByte(value, range);
    }
  }
  return out;
}
