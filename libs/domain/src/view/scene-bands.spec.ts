import { describe, expect, it } from '@jest/globals';
import { testProduct } from '#test/support/catalogue-products.js';
import type { Product } from '../product/product.js';
import { renderingsOf } from './renderings-of-collection.js';
import { sceneDrawing, withoutClouds } from './scene-bands.js';

const tiff = (key: string, fields: Record<string, unknown> = {}) => ({
  location: { key },
  mediaType: 'image/tiff; application=geotiff',
  roles: ['data'],
  fields,
});
const BANDS = { B04_20m: tiff('20'), B04_10m: tiff('10'), B08: tiff('8'), SCL: tiff('scl') };
const [ndvi, trueColour] = ['ndvi', 'true-colour'].map((style) =>
  renderingsOf('sentinel-2-l2a').find(({ name }) => name === style)!,
) as [ReturnType<typeof renderingsOf>[0], ReturnType<typeof renderingsOf>[0]];

function product(changes: Partial<Product> = {}): Product {
  return testProduct('S2A_MSIL2A_X', { collection: 'sentinel-2-l2a', assets: BANDS, ...changes });
}

function red(changes: Partial<Product>): object | undefined {
  const drawing = sceneDrawing(product(changes), ndvi);
  return drawing?.kind === 'bands' ? drawing.bands['B04'] : undefined;
}

describe('sceneDrawing', () => {
  it.each<[string, Partial<Product>, number]>([
    ['no baseline', {}, 0],
    ['baseline 03.01', { properties: { processingBaseline: '03.01' } }, 0],
    ['baseline 04.00', { properties: { processingBaseline: '04.00' } }, -0.1],
    ['baseline 05.09', { properties: { processingBaseline: '05.09' } }, -0.1],
    ['a baseline in the name', { id: 'S2A_MSIL2A_20220125T1_N0400_R1_T1_2' }, -0.1],
    [
      'the offset applied already',
      { properties: { processingBaseline: '05.09' }, extra: { 'earthsearch:boa_offset_applied': true } },
      0,
    ],
    ['an offset told', { assets: { ...BANDS, B04_10m: tiff('10', { 'raster:bands': [{ offset: -0.2 }] }) } }, -0.2],
  ])('with %s adds to the reflectance', (_title, changes, offset) => {
    expect(red(changes)).toMatchObject({ asset: { location: { key: '10' } }, band: 0, scale: 1e-4, offset, nodata: 0 });
  });

  it('leaves scale and offset to the file where the catalogue tells neither', () => {
    const bandOf = (fields: Record<string, unknown>) => {
      const changes = { collection: 'sentinel-1-grd', assets: { VV: tiff('vv', fields) } };
      const drawing = sceneDrawing(
        product(changes),
        renderingsOf('sentinel-1-grd').find(({ name }) => name === 'vv')!,
      );
      return drawing?.kind === 'bands' ? drawing.bands['VV'] : undefined;
    };
    expect(Object.keys(bandOf({})!)).toEqual(['asset', 'band']);
    expect(bandOf({ 'raster:bands': [{ scale: 0.5 }] })).toMatchObject({ scale: 0.5 });
  });

  it('finds bands by their common names and within rasters of several', () => {
    const several = tiff('all', { 'eo:bands': [{ name: 'B08' }, { name: 'B04' }] });
    expect(red({ assets: { several } })).toMatchObject({ asset: several, band: 1 });
    expect(red({ assets: { red: tiff('r'), nir: tiff('n') } })).toMatchObject({ asset: { location: { key: 'r' } } });
  });

  it('falls back to the browse picture where the rendering allows it', () => {
    const assets = { browse: tiff('browse'), B04: { ...tiff('b'), mediaType: 'image/jp2' } };
    expect(sceneDrawing(product({ assets }), trueColour)).toEqual({ kind: 'picture', asset: assets.browse });
    expect(sceneDrawing(product({ assets }), ndvi)).toBeUndefined();
    expect(sceneDrawing(product({ assets: {} }), trueColour)).toBeUndefined();
  });

  it('leaves clouds out by the scene classification', () => {
    const drawing = sceneDrawing(product(), ndvi)!;
    const clear = withoutClouds(product(), drawing);
    expect(clear?.kind === 'bands' && [Object.keys(clear.bands).toSorted(), clear.formula.visible]).toEqual([
      ['B04', 'B08', 'SCL'],
      expect.stringContaining('SCL'),
    ]);
    expect(withoutClouds(product({ assets: { B04: tiff('4'), B08: tiff('8') } }), drawing)).toBeUndefined();
  });

  it('does not take the measurements within a SAFE archive for bands: they are in the geometry of the sensor', () => {
    const within = {
      location: { key: 'a.SAFE.zip', offset: 512, length: 9 },
      mediaType: 'image/tiff',
      roles: ['data'],
    };
    const browse = { location: { key: 'browse.tif' }, mediaType: 'image/tiff', roles: ['visual'] };
    const scene = testProduct('S1A_X', { collection: 'sentinel-1-grd', assets: { vv: within, vh: within, browse } });
    const [vv, vh] = ['vv', 'vh'].map((style) => renderingsOf('sentinel-1-grd').find(({ name }) => name === style)!);
    expect(sceneDrawing(scene, vv!)).toEqual({ kind: 'picture', asset: browse });
    expect(sceneDrawing(scene, vh!)).toBeUndefined();
  });
});
