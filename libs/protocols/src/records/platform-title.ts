import type { PropertyValue } from '#domain/product/product.js';

/** A satellite as people write it: `Sentinel-2A` of `sentinel-2a`; undefined for no name. */
export function platformTitle(platform: PropertyValue | undefined): string | undefined {
  if (typeof platform !== 'string' || platform === '') return undefined;
  return platform
    .replace(/^[a-z]/, (letter) => letter.toUpperCase())
    .replace(/\d[a-z]+$/, (serial) => serial.toUpperCase());
}
