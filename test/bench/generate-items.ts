import type { Asset } from '#domain/product/asset.js';
import type { Geometry, Position } from '#domain/geometry/geometry.js';
import type { Product } from '#domain/product/product.js';
import { collectionOfProductType } from '#domain/collection/sentinel-collections.js';
import { productUuid } from '#domain/product/product-uuid.js';
import { seededRandom } from './seeded-random.js';

const FIRST = Date.UTC(2015, 6, 1);
const LAST = Date.UTC(2026, 9, 31);
const DAY = 86_400_000;

/** Share of the archive, in per cent, of each kind of product; about as CDSE's. */
const KINDS: readonly (readonly [number, (made: Draw) => Product])[] = [
  [36, (draw) => sentinel2(draw, 'S2MSI1C')],
  [30, (draw) => sentinel2(draw, 'S2MSI2A')],
  [8, (draw) => sentinel1(draw, 'IW_GRDH_1S')],
  [8, (draw) => sentinel1(draw, 'IW_SLC__1S')],
  [4, (draw) => sentinel1(draw, 'IW_OCN__2S')],
  [4, (draw) => sentinel1(draw, 'IW_RAW__0S')],
  [3, (draw) => sentinel3(draw, 'OL_1_EFR___')],
  [3, (draw) => sentinel3(draw, 'SL_2_LST___')],
  [2, (draw) => sentinel5p(draw, 'L2__NO2___')],
  [1, (draw) => sentinel5p(draw, 'L2__CH4___')],
  [1, (draw) => sentinel5p(draw, 'L2__O3____')],
];

/** What one product is made of: its number and a source of chance. */
interface Draw {
  readonly serial: number;
  readonly random: () => number;
}

/** `count` plausible products in no order of time, the same for the same seed: missions, orbits, tiles and clouds distributed like a European mirror's archive. */
export function* generateItems(count: number, seed = 1): Generator<Product> {
  const random = seededRandom(seed);
  for (let serial = 0; serial < count; serial++) {
    let share = random() * 100;
    const kind = KINDS.find(([part]) => (share -= part) < 0) ?? KINDS[0]!;
    yield kind[1]({ serial, random });
  }
}

function sentinel2({ serial, random }: Draw, productType: string): Product {
  const at = acquisition(random);
  const place = placeOnLand(random);
  const unit = pick('AB', random);
  const tile = tileOf(place, random);
  const orbit = 1 + Math.floor(random() * 143);
  const level = productType === 'S2MSI1C' ? 'L1C' : 'L2A';
  const baseline = at.getTime() > Date.UTC(2022, 0, 25) ? '0510' : '0209';
  const processed = new Date(at.getTime() + 5 * 3_600_000 + serial * 1000);
  const id = `S2${unit}_MSI${level}_${stamp(at)}_N${baseline}_R${pad(orbit, 3)}_T${tile}_${stamp(processed)}`;
  return product(id, productType, {
    geometry: boxAround(place, 0.5, 0.3 * random()),
    acquiredFrom: at,
    acquiredTo: at,
    scene: { id: `S2${unit}_${stamp(at)}_R${orbit}_T${tile}_${serial}`, version: baseline },
    properties: {
      platform: `sentinel-2${unit.toLowerCase()}`,
      constellation: 'sentinel-2',
      instrument: 'msi',
      sensorType: 'OPTICAL',
      productType,
      processingLevel: level,
      processingBaseline: `${baseline.slice(0, 2)}.${baseline.slice(2)}`,
      processed,
      cloudCover: cloudCover(random),
      sunElevation: 10 + 60 * random(),
      sunAzimuth: 120 + 60 * random(),
      orbitDirection: 'descending',
      absoluteOrbit: 1000 + Math.floor((at.getTime() - FIRST) / DAY) * 14,
      relativeOrbit: orbit,
      resolution: 10,
      tile,
      gridCode: `MGRS-${tile}`,
      projCode: `EPSG:32${place[1] < 0 ? 7 : 6}${tile.slice(0, 2)}`,
      datatake: `GS2${unit}_${stamp(at)}_${pad(orbit, 6)}_N${baseline}`,
    },
    assets: Object.fromEntries(BANDS.map((band) => [band, asset(id, band)])),
  });
}

const BANDS = ['B01', 'B02', 'B03', 'B04', 'B05', 'B06', 'B07', 'B08', 'B8A', 'B09', 'B11', 'B12', 'visual', 'product'];

function sentinel1({ serial, random }: Draw, productType: string): Product {
  const at = acquisition(random);
  const unit = pick('AB', random);
  const orbit = 5000 + Math.floor((at.getTime() - FIRST) / DAY) * 15;
  const end = new Date(at.getTime() + 25_000);
  const type = productType.slice(3, 8);
  const id = `S1${unit}_IW_${type}1SDV_${stamp(at)}_${stamp(end)}_${pad(orbit, 6)}_${hex(serial, 6)}_${hex(serial * 7919, 4)}`;
  const sea = productType.includes('OCN');
  return product(id, productType, {
    geometry: boxAround(sea ? placeAnywhere(random) : placeOnLand(random), 1.2, 0.4),
    acquiredFrom: at,
    acquiredTo: end,
    properties: {
      platform: `sentinel-1${unit.toLowerCase()}`,
      constellation: 'sentinel-1',
      instrument: 'c-sar',
      sensorType: 'RADAR',
      productType,
      processingLevel: `L${productType.at(-2)}`,
      timeliness: 'Fast-24h',
      orbitDirection: random() < 0.5 ? 'ascending' : 'descending',
      absoluteOrbit: orbit,
      relativeOrbit: 1 + (orbit % 175),
      instrumentMode: 'IW',
      swath: 'IW',
      polarisations: ['VV', 'VH'],
      polarisationMode: 'D',
      frequencyBand: 'C',
      centerFrequency: 5.405,
      sliceNumber: 1 + Math.floor(random() * 20),
    },
    assets: { product: asset(id, 'product'), vv: asset(id, 'vv'), vh: asset(id, 'vh') },
  });
}

function sentinel3({ serial, random }: Draw, productType: string): Product {
  const at = acquisition(random);
  const unit = pick('AB', random);
  const end = new Date(at.getTime() + 180_000);
  const orbit = 1 + Math.floor(random() * 385);
  const created = new Date(at.getTime() + DAY + serial * 1000);
  const id = `S3${unit}_${productType}_${stamp(at)}_${stamp(end)}_${stamp(created)}_0179_${pad(100 + (serial % 20), 3)}_${pad(orbit, 3)}_1980_MAR_O_NT_002`;
  return product(id, productType, {
    geometry: boxAround(placeAnywhere(random), 6, 2),
    acquiredFrom: at,
    acquiredTo: end,
    properties: {
      platform: `sentinel-3${unit.toLowerCase()}`,
      constellation: 'sentinel-3',
      instrument: productType.startsWith('OL') ? 'olci' : 'slstr',
      sensorType: 'OPTICAL',
      productType,
      processingLevel: `L${productType[3]}`,
      timeliness: 'NT',
      relativeOrbit: orbit,
      cycle: 100 + (serial % 20),
      resolution: productType.startsWith('OL') ? 300 : 1000,
    },
    assets: { product: asset(id, 'product') },
  });
}

function sentinel5p({ serial, random }: Draw, productType: string): Product {
  const at = acquisition(random);
  const end = new Date(at.getTime() + 6_000_000);
  const orbit = 3000 + Math.floor((at.getTime() - FIRST) / DAY) * 14;
  const created = new Date(at.getTime() + 2 * DAY + serial * 1000);
  const id = `S5P_OFFL_${productType}_${stamp(at)}_${stamp(end)}_${pad(orbit, 5)}_03_020600_${stamp(created)}`;
  return product(id, productType, {
    geometry: orbitStrip(random),
    acquiredFrom: at,
    acquiredTo: end,
    properties: {
      platform: 'sentinel-5p',
      constellation: 'sentinel-5p',
      instrument: 'tropomi',
      sensorType: 'ATMOSPHERIC',
      productType,
      processingLevel: 'L2',
      timeliness: 'OFFL',
      absoluteOrbit: orbit,
      processingBaseline: '2.6.0',
    },
    assets: { product: asset(id, 'product') },
  });
}

type Parts = Pick<Product, 'geometry' | 'acquiredFrom' | 'acquiredTo' | 'properties' | 'assets'> &
  Partial<Pick<Product, 'scene'>>;

function product(id: string, productType: string, parts: Parts): Product {
  const mission = String(parts.properties['constellation']);
  const collection = collectionOfProductType(mission, productType)!.id;
  return { uuid: productUuid(collection, id), collection, id, extra: {}, online: 'metadata-only', ...parts };
}

function asset(id: string, key: string): Asset {
  return { href: `https://mirror.example/${id}/${key}`, roles: ['data'], mediaType: 'image/jp2', size: 100_000_000 };
}

/** More products every year, as the fleet grew; within a day at any time. */
function acquisition(random: () => number): Date {
  return new Date(Math.floor((FIRST + (LAST - FIRST) * Math.sqrt(random())) / 1000) * 1000);
}

function cloudCover(random: () => number): number {
  const chance = random();
  if (chance < 0.12) return 0;
  return chance > 0.85 ? 100 : Math.round(random() * 1_000_000) / 10_000;
}

/** Three in ten over Germany and its neighbours. */
function placeOnLand(random: () => number): readonly [number, number] {
  if (random() < 0.3) return [3 + 15 * random(), 45 + 11 * random()];
  return [-178 + 356 * random(), -55 + 130 * random()];
}

function placeAnywhere(random: () => number): readonly [number, number] {
  return [-170 + 340 * random(), -80 + 160 * random()];
}

/** A tilted box of `half` degrees of latitude, as wide on the ground. */
function boxAround([longitude, latitude]: readonly [number, number], half: number, tilt: number): Geometry {
  const wide = Math.min(half / Math.max(Math.cos((latitude * Math.PI) / 180), 0.1), 9);
  const clamp = (value: number, limit: number) => Math.round(Math.max(-limit, Math.min(limit, value)) * 1e6) / 1e6;
  const corner = (east: number, north: number): Position => [
    clamp(longitude + east * wide - north * tilt * wide, 180),
    clamp(latitude + north * half + east * tilt * half, 89),
  ];
  const ring = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1), corner(-1, -1)];
  return { type: 'Polygon', coordinates: [ring] };
}

/** Half an orbit from south to north, 26 degrees wide. */
function orbitStrip(random: () => number): Geometry {
  const longitude = -140 + 270 * random();
  const side = (east: number) => Array.from({ length: 18 }, (_, n): Position => [longitude + east - n, -85 + n * 10]);
  const west = side(-13);
  return { type: 'Polygon', coordinates: [[...side(13), ...west.toReversed(), side(13)[0]!]] };
}

function tileOf([longitude, latitude]: readonly [number, number], random: () => number): string {
  const zone = Math.floor((longitude + 180) / 6) + 1;
  const band = 'CDEFGHJKLMNPQRSTUVWX'[Math.min(19, Math.max(0, Math.floor((latitude + 80) / 8)))];
  const row = pick('ABCDEFGHJKLMNPQRSTUV', random);
  return `${pad(zone, 2)}${band}${pick('ABCDEFGHJKLMNPQRSTUVWXYZ', random)}${row}`;
}

function pick(letters: string, random: () => number): string {
  return letters[Math.floor(random() * letters.length)]!;
}

function stamp(at: Date): string {
  return at.toISOString().replaceAll(/[-:]|\.\d{3}Z/g, '');
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}

function hex(value: number, digits: number): string {
  return (value % 16 ** digits).toString(16).toUpperCase().padStart(digits, '0');
}
