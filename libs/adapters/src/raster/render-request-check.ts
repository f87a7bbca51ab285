import { InvalidError, TooLargeError } from '#domain/errors.js';
import type {
  CompositeSource,
  MosaicRequest,
  RasterStyle,
  RenderRequest,
  SampleRequest,
} from '#domain/ports/raster-engine.js';
import { bandsOfFormula, partsOfFormula } from '#domain/view/formula.js';
import { definitionOf } from './coordinate-transform.js';

/** Longest side each format can hold. */
const MAX_SIDE = { 'image/png': 65_535, 'image/jpeg': 65_535, 'image/webp': 16_383, 'image/tiff': 65_535 } as const;

/** Throws InvalidError for requests that cannot be drawn, TooLargeError for images of more than `maxPixels` pixels. */
export function checkRenderRequest(request: RenderRequest, maxPixels: number): void {
  checkSize(request, maxPixels);
  const { background, quality = 80, sources } = request;
  checkBox(request);
  if (!isWithin(background, 0, 0xffffff)) {
    throw new InvalidError('The background must be 0x000000 to 0xFFFFFF', { subject: 'background' });
  }
  if (!isWithin(quality, 1, 100)) throw new InvalidError('The quality must be 1 to 100', { subject: 'quality' });
  for (const source of sources) {
    if ('style' in source) checkStyle(source.style);
    else if ('bands' in source) checkFormula(source, request);
  }
}

/** Parts of a formula computed at all pixels of one image: the longest of our own on the largest image, and half as much again. */
const MOST_WORK = 2 ** 31;

function checkFormula(source: CompositeSource, { width, height }: RenderRequest): void {
  checkBands(source);
  const parts = partsOfFormula(source.formula);
  if (parts * width * height <= MOST_WORK) return;
  const most = Math.floor(MOST_WORK / (width * height));
  throw new TooLargeError(
    `A formula of ${parts} parts is too much for ${width} x ${height} pixels, where it may have ${most}`,
    { subject: 'expression' },
  );
}

/** The same for mosaics. */
export function checkMosaicRequest(request: MosaicRequest, maxPixels: number): void {
  checkRenderRequest({ ...request, format: 'image/png', transparent: true, background: 0 }, maxPixels);
}

/** The same for samples; `maxPixels` counts those of all bands. */
export function checkSampleRequest(request: SampleRequest, maxPixels: number): void {
  const { bands, width, height } = request;
  if (bands.length === 0) throw new InvalidError('Samples of no band were asked for', { subject: 'bands' });
  checkSize({ width, height, format: 'image/png' }, maxPixels / bands.length);
  checkBox(request);
}

function checkBox({ bbox, crs }: Pick<RenderRequest, 'bbox' | 'crs'>): void {
  definitionOf(crs);
  if (!bbox.every(Number.isFinite) || bbox[0] >= bbox[2] || bbox[1] >= bbox[3]) {
    throw new InvalidError(`The box ${bbox.join(',')} has no area: minimum x and y must be below the maximum`, {
      subject: 'bbox',
    });
  }
}

function checkBands({ bands, formula }: CompositeSource): void {
  const missing = bandsOfFormula(formula).find((name) => !Object.hasOwn(bands, name));
  if (missing !== undefined) {
    throw new InvalidError(`The formula reads the band ${missing.slice(0, 40)}, which is not given`, {
      subject: 'bands',
    });
  }
}

function checkSize(
  { width, height, format }: Pick<RenderRequest, 'width' | 'height' | 'format'>,
  maxPixels: number,
): void {
  const side = MAX_SIDE[format];
  if (!isWithin(width, 1, side) || !isWithin(height, 1, side)) {
    throw new InvalidError(`An image of ${width} x ${height} pixels cannot be drawn: each side must be 1 to ${side}`, {
      subject: 'width',
    });
  }
  if (width * height > maxPixels) {
    throw new TooLargeError(`An image of ${width} x ${height} pixels is larger than the ${maxPixels} drawn at once`, {
      subject: 'width',
    });
  }
}

function checkStyle({ bands, stretch }: RasterStyle): void {
  if (bands.length !== 1 && bands.length !== 3) {
    throw new InvalidError(`One band is drawn grey or three as red, green and blue, not ${bands.length}`, {
      subject: 'bands',
    });
  }
  if (stretch === undefined) return;
  const usable = stretch.every(({ min, max }) => Number.isFinite(min) && Number.isFinite(max) && min !== max);
  if (stretch.length !== bands.length || !usable) {
    throw new InvalidError('A stretch needs a minimum and another maximum for every band', { subject: 'stretch' });
  }
}

function isWithin(value: number, low: number, high: number): boolean {
  return Number.isInteger(value) && value >= low && value <= high;
}
