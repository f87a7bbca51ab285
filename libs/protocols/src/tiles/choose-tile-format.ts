import { InvalidError } from '#domain/errors.js';
import type { ImageFormat } from '#domain/ports/raster-engine.js';
import { formatOfEnding, formatOfType, TILE_FORMATS } from './tile-format.js';

const ANYTHING = new Set(['*/*', 'image/*', '']);

/**
 * The encoding a client wants: by `f` (an ending or a media type) where it is given, else the one its Accept header likes best (RFC 9110 §12.5.1).
 * Who likes everything alike, or nothing we have, gets PNG. Throws InvalidError for an `f` there is not.
 */
export function chooseTileFormat(f: string | undefined, accept: string | undefined): ImageFormat {
  if (f !== undefined && f !== '') {
    const asked = formatOfEnding(f) ?? formatOfType(f);
    if (asked) return asked;
    throw new InvalidError('f must be png, jpg or webp, or the media type of one.', { subject: 'f' });
  }
  const ranges = (accept ?? '').slice(0, LONGEST).split(',').map(rangeOf);
  const weightOf = (format: ImageFormat): number => {
    const exact = ranges.find(({ type }) => type === format);
    return (exact ?? ranges.find(({ type }) => ANYTHING.has(type)))?.weight ?? 0;
  };
  return TILE_FORMATS.reduce((best, format) => (weightOf(format) > weightOf(best) ? format : best));
}

const LONGEST = 1000;

function rangeOf(text: string): { readonly type: string; readonly weight: number } {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  return { type, weight: quality === undefined ? 1 : Number(quality.slice(2)) || 0 };
}
