import { describe, expect, it } from '@jest/globals';
import { parseKvp } from '../ows/kvp.js';
import { findMapFormat, MAP_FORMATS } from './map-format.js';
import { parseResolutionScale } from './map-resolution.js';

describe('findMapFormat', () => {
  it.each([
    ['image/png', { format: 'image/png' }],
    ['image/png; mode=8bit', { format: 'image/png', depth: 8 }],
    ['IMAGE/PNG;mode=8bit', { format: 'image/png', depth: 8 }],
    ['image/png8', { format: 'image/png', depth: 8 }],
    ['image/png; mode=24bit', { format: 'image/png', depth: 24 }],
    ['image/png; mode=32bit', { format: 'image/png', depth: 32 }],
    ['image/png; mode=48bit', { format: 'image/png' }],
    ['image/jpg', { format: 'image/jpeg' }],
    ['image/jpeg;quality=80', { format: 'image/jpeg' }],
    ['image/tiff;depth=8', { format: 'image/tiff' }],
    ['image/geotiff', { format: 'image/tiff' }],
  ])('%s', (text, expected) => {
    const { name: _name, ...found } = findMapFormat(text)!;
    expect(found).toEqual(expected);
  });

  it('knows what is advertised by its name', () => {
    for (const format of MAP_FORMATS) expect(findMapFormat(format.name)).toBe(format);
  });

  it.each([undefined, '', 'image/gif', 'png', 'image/png8; mode', ';;;'])('does not know %p', (text) => {
    expect(findMapFormat(text)?.format).toBe(text === 'image/png8; mode' ? 'image/png' : undefined);
  });
});

describe('parseResolutionScale', () => {
  it.each([
    ['', 1],
    ['DPI=96&MAP_RESOLUTION=96&FORMAT_OPTIONS=dpi:96', 1],
    ['dpi=192', 2],
    ['map_resolution=300', 3],
    ['format_options=antialias:on;dpi:180', 2],
    ['dpi=1200', 4],
    ['dpi=10', 1],
    ['dpi=-96', 1],
    ['dpi=many', 1],
    ['dpi=1e9', 1],
    [`format_options=${';dpi:'.repeat(5000)}`, 1],
  ])('%s: %d times', (query, scale) => {
    expect(parseResolutionScale(parseKvp(query))).toBe(scale);
  });
});
