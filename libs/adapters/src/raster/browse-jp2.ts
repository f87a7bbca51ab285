import type { BrowseGrid, BrowsePlan } from '#domain/ports/browse-maker.js';
import { InvalidError } from '#domain/errors.js';
import { stretchToByte, type BrowseSettings, type Drawing } from './browse-drawing.js';
import { checkCogSpec, type CogSpec, type Samples } from './cog-spec.js';
import { Jp2Codec, type DecodedSamples } from './jp2-codec.js';
import { Jp2Image } from './jp2-image.js';

type Plan<Kind> = Extract<BrowsePlan, { kind: Kind }>;

/** Sentinel-2 bands look dark when drawn linearly up to bright clouds. */
const GAMMA = 1.5;
/** The picture an automatic stretch is measured on is at least this wide. */
const MEASURED_SIDE = 256;
const SAMPLE_VALUES = 65_536;

/** A true-colour picture as it is, at the resolution of the settings. */
export async function drawJp2Rgb(plan: Plan<'jp2-rgb'>, settings: BrowseSettings): Promise<Drawing> {
  return draw([plan.file], plan.grid, { settings, lookup: () => Promise.resolve(undefined), bands: 3 });
}

/** Three reflectance bands as red, green, blue; digital number 0 is nodata (Sentinel-2 PSD §4.9). */
export async function drawJp2Bands(plan: Plan<'jp2-bands'>, settings: BrowseSettings): Promise<Drawing> {
  const lookup = stretchTable([-plan.offset, plan.max - plan.offset]);
  return draw(plan.files, plan.grid, { settings, lookup: () => Promise.resolve(lookup), bands: 3 });
}

/** One band in grey, stretched over its range or, without one, over its 2nd to 98th percentile. */
export async function drawJp2Grey(plan: Plan<'jp2-grey'>, settings: BrowseSettings): Promise<Drawing> {
  const lookup = async (image: Jp2Image, codec: Jp2Codec): Promise<Uint8Array> =>
    stretchTable(plan.range ?? (await measureRange(image, codec)), 1);
  return draw([plan.file], plan.grid, { settings, lookup, bands: 1 });
}

interface Style {
  readonly settings: BrowseSettings;
  readonly bands: number;
  /** Byte per digital number; undefined where samples are drawn as they are. */
  lookup(image: Jp2Image, codec: Jp2Codec): Promise<Uint8Array | undefined>;
}

async function draw(files: readonly string[], grid: BrowseGrid, style: Style): Promise<Drawing> {
  const codec = await Jp2Codec.load();
  const images: Jp2Image[] = [];
  try {
    for (const file of files) images.push(await Jp2Image.open(file));
    checkImages(images, style);
    const reduction = chooseReduction(images[0]!, grid, style.settings.resolution);
    const lookup = await style.lookup(images[0]!, codec);
    const spec = reducedSpec(images[0]!, grid, { reduction, bands: style.bands });
    checkCogSpec(spec);
    const strips = drawStrips(images, { codec, reduction, lookup, signal: style.settings.signal });
    return { spec, strips };
  } catch (error) {
    await closeAll(images);
    throw error;
  }
}

function checkImages(images: readonly Jp2Image[], { bands }: Style): void {
  const [first, ...others] = images.map((image) => image.stream);
  if (first!.components * images.length !== bands) {
    throw new InvalidError(
      `The picture has ${first!.components} components where ${bands / images.length} were expected`,
    );
  }
  if (bands === 3 && images.length === 1 && first!.bits !== 8) {
    throw new InvalidError(`A true-colour picture has 8 bits a sample, not ${first!.bits}`);
  }
  if (
    others.some(
      ({ width, height, tileHeight }) =>
        width !== first!.width || height !== first!.height || tileHeight !== first!.tileHeight,
    )
  ) {
    throw new InvalidError('The bands of the picture differ in size or tiling');
  }
}

function chooseReduction(image: Jp2Image, grid: BrowseGrid, resolution: number): number {
  const wanted = Math.round(Math.log2(resolution / grid.pixelSize[0]));
  return Math.max(0, Math.min(image.stream.coding.levels, wanted));
}

function reducedSpec(
  image: Jp2Image,
  grid: BrowseGrid,
  { reduction, bands }: { reduction: number; bands: number },
): CogSpec {
  const factor = 2 ** reduction;
  return {
    ...image.size(reduction),
    bands,
    sampleType: 'uint8',
    crs: grid.crs,
    origin: grid.origin,
    pixelSize: [grid.pixelSize[0] * factor, grid.pixelSize[1] * factor],
    nodata: 0,
  };
}

interface Strips {
  readonly codec: Jp2Codec;
  readonly reduction: number;
  readonly lookup: Uint8Array | undefined;
  readonly signal: AbortSignal | undefined;
}

async function* drawStrips(
  images: readonly Jp2Image[],
  { codec, reduction, lookup, signal }: Strips,
): AsyncGenerator<Samples> {
  const bands = images.map((image) => image.rows(codec, reduction, signal));
  try {
    for (let strips = await nextOf(bands); strips !== undefined; strips = await nextOf(bands)) {
      yield lookup === undefined ? strips[0]! : interleave(strips, lookup);
    }
  } finally {
    await closeAll(images);
  }
}

async function nextOf(bands: readonly AsyncGenerator<DecodedSamples>[]): Promise<DecodedSamples[] | undefined> {
  const strips: DecodedSamples[] = [];
  for (const band of bands) {
    const next = await band.next();
    if (next.done === true) return undefined;
    strips.push(next.value);
  }
  return strips;
}

function interleave(bands: readonly DecodedSamples[], lookup: Uint8Array): Uint8Array {
  const out = new Uint8Array(bands[0]!.length * bands.length);
  bands.forEach((samples, band) => {
    for (let i = 0, to = band; i < samples.length; i++, to += bands.length) out[to] = lookup[samples[i]!]!;
  });
  return out;
}

async function closeAll(images: readonly Jp2Image[]): Promise<void> {
  await Promise.all(images.map((image) => image.close()));
}

function stretchTable(range: readonly [number, number], gamma = GAMMA): Uint8Array {
  return Uint8Array.from({ length: SAMPLE_VALUES }, (_, value) =>
    value === 0 ? 0 : stretchToByte(value, range, gamma),
  );
}

async function measureRange(image: Jp2Image, codec: Jp2Codec): Promise<[number, number]> {
  const side = Math.min(image.stream.width, image.stream.height);
  const reduction = Math.max(0, Math.min(image.stream.coding.levels, Math.floor(Math.log2(side / MEASURED_SIDE))));
  const counts = new Float64Array(SAMPLE_VALUES);
  for await (const strip of image.rows(codec, reduction)) for (const value of strip) counts[value]!++;
  counts[0] = 0;
  const total = counts.reduce((sum, count) => sum + count, 0);
  return [percentile(counts, 0.02 * total), percentile(counts, 0.98 * total)];
}

function percentile(counts: Float64Array, upTo: number): number {
  let sum = 0;
  const value = counts.findIndex((count) => (sum += count) > upTo);
  return Math.max(0, value);
}
