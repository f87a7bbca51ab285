import type { Kvp } from '../ows/kvp.js';
import { MAP_LIMITS } from './get-map-request.js';
import { findMapFormat, MAP_FORMATS, type MapFormat } from './map-format.js';

/** How a client wants to hear of an error (WMS 1.3.0 §7.3.3.11, 1.1.1 §7.2.3.11): as XML, written into an image, or as an image of nothing. */
export type ExceptionForm =
  { readonly form: 'xml' } | { readonly form: 'inimage' | 'blank'; readonly image: BlankImage };

/** The image an error is put into. */
export interface BlankImage {
  readonly width: number;
  readonly height: number;
  readonly encoding: MapFormat;
  readonly transparent: boolean;
  readonly background: number;
}

/** Reads EXCEPTIONS and, tolerantly, what the image would have looked like; a request whose size makes no image is answered in XML. */
export function parseExceptionForm(kvp: Kvp): ExceptionForm {
  const form = formOf(kvp.get('EXCEPTIONS'));
  const [width, height] = [sizeOf(kvp.get('WIDTH'), MAP_LIMITS.width), sizeOf(kvp.get('HEIGHT'), MAP_LIMITS.height)];
  if (form === 'xml' || width === undefined || height === undefined) return { form: 'xml' };
  const background = Number.parseInt(/^(?:0x|#)([0-9a-f]{6})$/i.exec(kvp.get('BGCOLOR') ?? '')?.[1] ?? 'ffffff', 16);
  const transparent = kvp.get('TRANSPARENT')?.toUpperCase() === 'TRUE';
  const encoding = findMapFormat(kvp.get('FORMAT')) ?? MAP_FORMATS[0]!;
  return { form, image: { width, height, encoding, transparent, background } };
}

/** 1.3.0 names and the media types of 1.1.1 (`application/vnd.ogc.se_inimage`). */
function formOf(text: string | undefined): 'xml' | 'inimage' | 'blank' {
  const name = text?.toLowerCase().replace('application/vnd.ogc.se_', '');
  return name === 'inimage' || name === 'blank' ? name : 'xml';
}

function sizeOf(text: string | undefined, limit: number): number | undefined {
  const size = /^\d{1,9}$/.test(text ?? '') ? Number(text) : 0;
  return size >= 1 && size <= limit ? size : undefined;
}
