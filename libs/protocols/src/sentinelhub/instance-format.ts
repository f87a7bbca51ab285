import { WmsError } from '../wms/wms-error.js';

/** How the samples of a TIFF are kept: 0 to 255, 0 to 65535, or as computed. */
export type SampleDepth = 'uint8' | 'uint16' | 'float32';

/** A picture, or samples in a TIFF. */
export type InstanceFormat =
  | { readonly kind: 'picture'; readonly type: 'image/png' | 'image/jpeg' | 'image/webp' }
  /** Without a depth it is that of what is asked for: of a script, or of values. */
  | { readonly kind: 'samples'; readonly depth?: SampleDepth };

const PICTURES = ['image/png', 'image/jpeg', 'image/webp'] as const;
const DEPTHS: ReadonlyMap<string, SampleDepth> = new Map([
  ['8', 'uint8'],
  ['16', 'uint16'],
  ['32f', 'float32'],
]);

/** FORMAT as Sentinel Hub's clients write it: `image/png`, `image/jpeg`, `image/tiff;depth=8|16|32f`. PNG where none is given. Throws WmsError InvalidFormat. */
export function parseInstanceFormat(text = 'image/png'): InstanceFormat {
  const [given = '', ...parameters] = text
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const type = given === 'image/jpg' ? 'image/jpeg' : given;
  const picture = PICTURES.find((one) => one === type);
  if (picture !== undefined) return { kind: 'picture', type: picture };
  if (/^(image\/(geo)?tiff|geotiff)$/.test(type)) {
    const depth = parameters.map((one) => /^depth=(\w+)$/.exec(one)?.[1]).find((one) => one !== undefined);
    const known = DEPTHS.get(depth ?? '');
    if (known !== undefined) return { kind: 'samples', depth: known };
    if (depth === undefined) return { kind: 'samples' };
  }
  throw new WmsError(
    `FORMAT ${text.slice(0, 60)} is not served; use image/png, image/jpeg, image/webp or image/tiff;depth=8, 16 or 32f.`,
    'InvalidFormat',
    'FORMAT',
  );
}
