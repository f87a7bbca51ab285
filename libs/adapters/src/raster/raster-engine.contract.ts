import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { InvalidError, NotFoundError, TooLargeError, UnavailableError } from '#domain/errors.js';
import type { CompositeSource, RasterEngine, RenderRequest, RasterStyle } from '#domain/ports/raster-engine.js';
import type { RasterSource } from '#domain/ports/raster-source.js';

/** A raster the contract asks for: samples by band, row and column; north-up in UTM 32N, 10 m pixels. */
export interface ContractRaster {
  readonly key: string;
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  readonly sampleType: 'uint8' | 'uint16';
  readonly nodata?: number;
  readonly value: (band: number, row: number, column: number) => number;
}

/** An engine to be held to the contract, the means to put rasters and other bytes under keys, and its end. */
export interface StartedRasterEngine {
  readonly engine: RasterEngine;
  putRaster(raster: ContractRaster): Promise<Uint8Array>;
  putBytes(key: string, bytes: Uint8Array): Promise<void>;
  stop(): Promise<void>;
}

/** Upper left corner of every contract raster. */
export const CONTRACT_ORIGIN = [500_000, 5_600_000] as const;
const [X, Y] = CONTRACT_ORIGIN;
const NUMBER = { bands: [0], stretch: [{ min: 0, max: 1000 }] } satisfies RasterStyle;
const COLOUR = { bands: [0, 1, 2] } satisfies RasterStyle;

const source = (key: string, etag = '1'): RasterSource => ({ key, etag });

function request(sources: RenderRequest['sources'], changes: Partial<RenderRequest> = {}): RenderRequest {
  return {
    sources,
    crs: 'EPSG:32632',
    bbox: [X, Y - 640, X + 640, Y],
    width: 64,
    height: 64,
    format: 'image/png',
    resampling: 'nearest',
    transparent: true,
    background: 0xffffff,
    ...changes,
  };
}

async function pixels(bytes: Uint8Array) {
  const image = sharp(bytes);
  const { channels, hasAlpha } = await image.metadata();
  const { data, info } = await image.ensureAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number): number[] => [
    ...data.subarray((y * info.width + x) * 4, (y * info.width + x) * 4 + 4),
  ];
  return { at, width: info.width, height: info.height, channels, hasAlpha };
}

/** Every promise of the RasterEngine port, kept on every way of running it. */
export function rasterEngineContract(name: string, start: () => Promise<StartedRasterEngine>): void {
  describe(`RasterEngine contract: ${name}`, () => {
    let started: StartedRasterEngine;
    let engine: RasterEngine;
    let zipped: { key: string; etag: string; offset: number; length: number };

    beforeAll(async () => {
      started = await start();
      engine = started.engine;
      const size = { width: 600, height: 500 };
      const ramp = (band: number, row: number, column: number): number => ((band * 80 + row + column) % 251) + 1;
      const bytes = await started.putRaster({ key: 'colour.tif', ...size, bands: 3, sampleType: 'uint8', value: ramp });
      await started.putRaster({
        key: 'left.tif',
        ...size,
        bands: 1,
        sampleType: 'uint16',
        nodata: 0,
        value: (_, row, column) => (column < 32 && row < 32 ? 500 : 0),
      });
      await started.putRaster({
        key: 'flat.tif',
        ...size,
        bands: 1,
        sampleType: 'uint16',
        nodata: 0,
        value: () => 1000,
      });
      await started.putBytes('text.tif', Buffer.from('no TIFF'));
      zipped = { key: 'product.zip', etag: '1', offset: 1234, length: bytes.length };
      const around = [new Uint8Array(1234).fill(7), bytes, new Uint8Array(99).fill(9)];
      await started.putBytes('product.zip', Buffer.concat(around));
    }, 60_000);
    afterAll(() => started?.stop());

    it('describes a raster', async () => {
      expect(await engine.describe(source('left.tif'))).toMatchObject({
        width: 600,
        height: 500,
        bands: 1,
        sampleType: 'uint16',
        crs: 'EPSG:32632',
        nodata: 0,
        bbox: [X, Y - 5000, X + 6000, Y],
      });
      expect((await engine.describe(source('colour.tif'))).overviews).toBeGreaterThan(0);
    });

    it('draws every pixel as it is where image and raster are the same grid', async () => {
      const { bytes, drawn, format } = await engine.render(request([{ source: source('colour.tif'), style: COLOUR }]));
      expect({ drawn, format }).toEqual({ drawn: [0], format: 'image/png' });
      const image = await pixels(bytes);
      expect(image).toMatchObject({ width: 64, height: 64, channels: 3 });
      for (const [x, y] of [
        [0, 0],
        [63, 0],
        [0, 63],
        [40, 17],
      ] as const) {
        expect(image.at(x, y)).toEqual(
          [x + y + 1, 80 + x + y + 1, 160 + x + y + 1, 255].map((v, i) => (i < 3 && v > 251 ? v - 251 : v)),
        );
      }
    });

    it('draws from a byte window of an object as from the object', async () => {
      const whole = await engine.render(request([{ source: source('colour.tif'), style: COLOUR }]));
      const within = await engine.render(request([{ source: zipped, style: COLOUR }]));
      expect(Buffer.from(within.bytes).equals(whole.bytes)).toBe(true);
      const cut = { ...zipped, length: 100 };
      await expect(engine.render(request([{ source: { ...cut, etag: 'cut' }, style: COLOUR }]))).rejects.toThrow(
        InvalidError,
      );
    });

    it('computes a picture from bands of several rasters (CompositeSource)', async () => {
      const bands = {
        A: { source: source('colour.tif'), band: 0 },
        B: { source: source('flat.tif'), band: 0, scale: 0.001, offset: -0.5 },
        C: { source: source('left.tif'), band: 0 },
      };
      const draw = async (formula: CompositeSource['formula']) =>
        pixels((await engine.render(request([{ bands, formula }]))).bytes);
      const colours = await draw({ colouring: { kind: 'rgb', red: 'A / 255', green: 'B', blue: 'C / 1000' } });
      expect(colours.at(3, 4)).toEqual([8, 128, 128, 255]);
      expect(colours.at(40, 4)[3]).toBe(0);
      const stops = [
        { value: 0, colour: 0x000000 },
        { value: 1, colour: 0xff0000 },
      ];
      const ramp = await draw({ colouring: { kind: 'ramp', value: 'B', ramp: stops }, visible: 'A > 20' });
      expect(ramp.at(60, 60)).toEqual([128, 0, 0, 255]);
      expect(ramp.at(3, 4)[3]).toBe(0);
      const classes = [{ value: 8, colour: 0x00ff00, title: 'Eight' }];
      const classified = await draw({ colouring: { kind: 'classes', value: 'A', classes } });
      expect([classified.at(3, 4), classified.at(4, 4)[3]]).toEqual([[0, 255, 0, 255], 0]);
      const absent = await draw({ colouring: { kind: 'grey', value: 'ln(A - 8)' } });
      expect(absent.at(0, 0)[3]).toBe(0);
    });

    it('draws a composite over what lies under it, and what is hidden of it not', async () => {
      const flat = { source: source('flat.tif'), style: NUMBER };
      const bands = { C: { source: source('left.tif'), band: 0 } };
      const over = { bands, formula: { colouring: { kind: 'grey', value: 'C / 1000' } } } as const;
      const image = await pixels((await engine.render(request([flat, over]))).bytes);
      expect([image.at(3, 3), image.at(40, 3)]).toEqual([
        [128, 128, 128, 255],
        [255, 255, 255, 255],
      ]);
    });

    it.each([
      ['a band that is not given', { colouring: { kind: 'grey', value: 'X' } }],
      ['an expression that cannot be read', { colouring: { kind: 'grey', value: 'C +' } }],
      ['a ramp without stops', { colouring: { kind: 'ramp', value: 'C', ramp: [] } }],
    ] as const)('refuses a formula with %s', async (_title, formula) => {
      const bands = { C: { source: source('left.tif'), band: 0 } };
      await expect(engine.render(request([{ bands, formula }]))).rejects.toThrow(InvalidError);
    });

    it('gives samples of a grid as they are (SampleRequest)', async () => {
      const bands = [
        { source: source('colour.tif'), band: 1 },
        { source: source('left.tif'), band: 0, scale: 2, offset: 1 },
      ];
      const frame = { crs: 'EPSG:32632', bbox: [X, Y - 640, X + 640, Y] as const, width: 64, height: 64 };
      const { planes } = await engine.sample({ bands, ...frame });
      expect(planes.map(({ length }) => length)).toEqual([4096, 4096]);
      expect([planes[0]![0], planes[0]![64 * 5 + 7]]).toEqual([81, 93]);
      expect([planes[1]![0], planes[1]![40]]).toEqual([1001, NaN]);
      await expect(engine.sample({ bands: [], ...frame })).rejects.toThrow(InvalidError);
      await expect(engine.sample({ bands, ...frame, width: 60_000, height: 60_000 })).rejects.toThrow(TooLargeError);
    });

    it('draws each source over the ones before, and says which can be seen', async () => {
      const [left, flat] = [
        { source: source('left.tif'), style: NUMBER },
        { source: source('flat.tif'), style: NUMBER },
      ];
      const over = await engine.render(request([flat, left]));
      expect(over.drawn).toEqual([0, 1]);
      const image = await pixels(over.bytes);
      expect([image.at(5, 5), image.at(50, 50)]).toEqual([
        [128, 128, 128, 255],
        [255, 255, 255, 255],
      ]);
      expect((await engine.render(request([left, flat]))).drawn).toEqual([1]);
      const away = request([flat], { bbox: [X + 1e6, Y, X + 1e6 + 640, Y + 640] });
      expect((await engine.render(away)).drawn).toEqual([]);
      expect((await engine.render(request([]))).drawn).toEqual([]);
    });

    it('leaves what has no data transparent, or paints the background there', async () => {
      const left = [{ source: source('left.tif'), style: NUMBER }];
      const open = await pixels((await engine.render(request(left))).bytes);
      expect(open.hasAlpha).toBe(true);
      expect(open.at(50, 50)[3]).toBe(0);
      const painted = await engine.render(request(left, { transparent: false, background: 0x10c0ff }));
      expect((await pixels(painted.bytes)).at(50, 50)).toEqual([0x10, 0xc0, 0xff, 255]);
      const other = await engine.render(request([{ source: source('flat.tif'), style: { ...NUMBER, nodata: 1000 } }]));
      expect(other.drawn).toEqual([]);
    });

    it.each(['image/png', 'image/jpeg', 'image/webp'] as const)('writes %s of the size asked for', async (format) => {
      const size = { width: 120, height: 70, bbox: [X, Y - 700, X + 1200, Y] as const };
      const { bytes, format: said } = await engine.render(
        request([{ source: source('colour.tif'), style: COLOUR }], { format, quality: 90, ...size }),
      );
      const { width, height, format: found } = await sharp(bytes).metadata();
      expect({ said, width, height, found }).toEqual({ said: format, width: 120, height: 70, found: format.slice(6) });
    });

    it('writes one band as grey', async () => {
      const { bytes } = await engine.render(request([{ source: source('flat.tif'), style: NUMBER }]));
      expect((await sharp(bytes).metadata()).channels).toBe(1);
    });

    it('draws the same place in other CRSs', async () => {
      for (const [crs, bbox] of [
        ['EPSG:3857', [1001875, 6534500, 1009875, 6542500]],
        ['CRS:84', [9, 50.4, 9.08, 50.55]],
        ['EPSG:3035', [4250500, 3045000, 4256000, 3050000]],
      ] as const) {
        expect(
          (await engine.render(request([{ source: source('flat.tif'), style: NUMBER }], { crs, bbox }))).drawn,
        ).toEqual([0]);
      }
    });

    it('says which CRSs it takes', () => {
      for (const crs of [
        'EPSG:4326',
        'CRS:84',
        'OGC:CRS84',
        'EPSG:3857',
        'EPSG:3035',
        'EPSG:4258',
        'EPSG:32601',
        'EPSG:32760',
        'EPSG:25832',
        'EPSG:3413',
        'EPSG:3031',
        'EPSG:3995',
        'EPSG:2056',
      ]) {
        expect([crs, engine.supports(crs)]).toEqual([crs, true]);
      }
      for (const crs of ['EPSG:99999', 'EPSG:32661x', 'epsg', '', 'CRS:1', 'EPSG:constructor'])
        expect(engine.supports(crs)).toBe(false);
    });

    const flat = [{ source: source('flat.tif'), style: NUMBER }];
    const wrong: [string, Partial<RenderRequest>][] = [
      ['an unknown CRS', { crs: 'EPSG:99999' }],
      ['a box without area', { bbox: [X, Y, X, Y] }],
      ['a box of nothing', { bbox: [NaN, 0, 1, 1] }],
      ['no width', { width: 0 }],
      ['a quality of 0', { quality: 0 }],
      ['two bands', { sources: [{ source: source('colour.tif'), style: { bands: [0, 1] } }] }],
      ['a band that is not there', { sources: [{ source: source('colour.tif'), style: { bands: [3] } }] }],
      ['a stretch for fewer bands', { sources: [{ source: source('colour.tif'), style: { ...COLOUR, stretch: [] } }] }],
      ['16 bit samples without a stretch', { sources: [{ source: source('flat.tif'), style: { bands: [0] } }] }],
      ['what is no raster', { sources: [{ source: source('text.tif'), style: COLOUR }] }],
    ];
    it.each(wrong)('refuses %s', async (_, changes) => {
      await expect(engine.render(request(flat, changes))).rejects.toThrow(InvalidError);
    });

    it('refuses images beyond the limit', async () => {
      await expect(engine.render(request(flat, { width: 50_000, height: 50_000 }))).rejects.toThrow(TooLargeError);
    });

    it('throws NotFoundError for a missing object', async () => {
      await expect(engine.describe(source('missing.tif'))).rejects.toThrow(NotFoundError);
      await expect(engine.render(request([{ source: source('missing.tif'), style: COLOUR }]))).rejects.toThrow(
        NotFoundError,
      );
    });

    it('stops when aborted, and goes on with other work', async () => {
      const reason = new Error('the user went away');
      const early = AbortSignal.abort(reason);
      await expect(engine.render(request(flat), early)).rejects.toBe(reason);
      const controllers = Array.from({ length: 20 }, () => new AbortController());
      const work = controllers.map(({ signal }, i) =>
        engine.render(request([{ source: source('colour.tif', `fresh ${i}`), style: COLOUR }]), signal),
      );
      const settled = Promise.allSettled(work);
      for (const controller of controllers.slice(1)) controller.abort(reason);
      const [first, ...others] = await settled;
      expect(first?.status).toBe('fulfilled');
      for (const other of others) expect(other).toEqual({ status: 'rejected', reason });
      expect((await engine.render(request(flat))).drawn).toEqual([0]);
    });

    it('reads a new version under a new etag, and the same one again once told to forget', async () => {
      const draw = async (etag: string) =>
        (await pixels((await engine.render(request([{ source: source('new.tif', etag), style: NUMBER }]))).bytes)).at(
          1,
          1,
        )[0];
      const put = (value: number) =>
        started.putRaster({
          key: 'new.tif',
          width: 64,
          height: 64,
          bands: 1,
          sampleType: 'uint16',
          value: () => value,
        });
      await put(1000);
      expect(await draw('a')).toBe(255);
      await put(500);
      expect(await draw('b')).toBe(128);
      expect(await draw('a')).toBe(255);
      engine.forget('new.tif');
      expect(await draw('a')).toBe(128);
    });

    it('draws many images at once', async () => {
      const jobs = Array.from({ length: 40 }, (_, i) => {
        const [x, y] = [X + (i % 8) * 640, Y - Math.floor(i / 8) * 640];
        return engine.render(
          request([{ source: source('colour.tif'), style: COLOUR }], { bbox: [x, y - 640, x + 640, y] }),
        );
      });
      expect((await Promise.all(jobs)).every(({ drawn }) => drawn.length === 1)).toBe(true);
    });

    it('takes no work once closed', async () => {
      await engine.close();
      await expect(engine.render(request(flat))).rejects.toThrow(UnavailableError);
      await engine.close();
    });
  });
}
