import type { Product } from '#domain/product/product.js';

/** Sentinel-1 types as DHuS knows them, in `IW_GRDH_1S` and the like. */
const RADAR_TYPE = /(?:^|_)(RAW|SLC|GRD|OCN)/;

const TIMELINESS: Readonly<Record<string, readonly string[]>> = {
  'near real time': ['NR', 'NRTI'],
  'short time critical': ['ST'],
  'non time critical': ['NT'],
  offline: ['OFFL'],
  reprocessing: ['RPRO'],
};

const TIMELINESS_NAMES: Readonly<Record<string, string>> = {
  NR: 'Near Real Time',
  ST: 'Short Time Critical',
  NT: 'Non Time Critical',
  NRTI: 'Near real time',
  OFFL: 'Offline',
  RPRO: 'Reprocessing',
};

/** Values of the catalogue that DHuS spells as `text`, by queryable; the text itself where both spell alike. */
export function storedSpellings(property: string, text: string): readonly string[] {
  const read = Object.hasOwn(READERS, property) ? READERS[property] : undefined;
  return read === undefined ? [text] : read(text.trim());
}

const READERS: Readonly<Record<string, (text: string) => readonly string[]>> = {
  id: (text) => [text.replace(/\.zip$/i, '').replace(/\.(SAFE|SEN3|nc|EOF)$/i, '')],
  constellation: (text) => [text.toLowerCase().replace('-5 precursor', '-5p')],
  platform: (text) => {
    const unit = /^(?:s(?:entinel)?-?)?([1-6][a-dp])$/i.exec(text)?.[1];
    return [unit === undefined ? text.toLowerCase() : `sentinel-${unit.toLowerCase()}`];
  },
  instrument: (text) => [/^(?:sar-c|sar-c sar|sar)$/i.test(text) ? 'c-sar' : text.toLowerCase()],
  processingLevel: (text) => [text.toUpperCase().replace(/^(?:LEVEL-?|L)?(?=\d)/, 'L')],
  orbitDirection: (text) => [text.toLowerCase()],
  tile: (text) => [text.toUpperCase().replace(/^T(?=\d\d[A-Z]{3}$)/, '')],
  timeliness: (text) => [text, ...(TIMELINESS[text.toLowerCase()] ?? [])],
};

/** A product's value of a queryable as DHuS spells it; undefined where it has none. */
export function dhusSpelling(product: Product, property: string): string | undefined {
  const value = product.properties[property];
  if (value === undefined) return undefined;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.join(' ');
  const write = Object.hasOwn(WRITERS, property) ? WRITERS[property] : undefined;
  return write === undefined ? String(value) : write(String(value));
}

const WRITERS: Readonly<Record<string, (text: string) => string>> = {
  constellation: (text) => text.replace(/^s/, 'S').replace(/-5p$/, '-5P'),
  platform: (text) => {
    const [, number = '', unit] = /^sentinel-([1-6])([a-d])$/i.exec(text) ?? [];
    return unit === undefined ? text : `Sentinel-${number}${unit.toUpperCase()}`;
  },
  instrument: (text) => (text === 'c-sar' ? 'SAR-C SAR' : text.toUpperCase()),
  processingLevel: (text) => text.replace(/^L(?=\d)/, 'Level-'),
  orbitDirection: (text) => text.toUpperCase(),
  productType: (text) => RADAR_TYPE.exec(text)?.[1] ?? text,
  timeliness: (text) => TIMELINESS_NAMES[text] ?? text,
};
