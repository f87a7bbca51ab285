import { InvalidError } from '#domain/errors.js';
import type { BrowseGrid } from '#domain/ports/browse-maker.js';
import { parseXml, parseXmlBytes } from '../xml/parse-xml.js';
import type { XmlElement } from '../xml/xml-element.js';
import { attribute, descendants, select, selectFirst, textAt } from '../xml/xml-path.js';
import { numberAt } from './manifest-facts.js';
import { optionalSafeTime } from './safe-time.js';
import { withoutUndefined } from './without-undefined.js';

/** What `MTD_TL.xml` says of one tile. */
export interface Sentinel2TileMetadata {
  readonly tileId?: string;
  readonly datastrip?: string;
  readonly sensed?: Date;
  readonly absoluteOrbit?: number;
  /** By ground resolution in metres: 10, 20, 60. */
  readonly grids: ReadonlyMap<number, Sentinel2Grid>;
  /** Degrees: sun above the horizon, sun and view clockwise from north, view from the vertical. */
  readonly sunElevation?: number;
  readonly sunAzimuth?: number;
  readonly viewAzimuth?: number;
  readonly incidenceAngle?: number;
  readonly cloudCover?: number;
  readonly snowCover?: number;
  /** Every other percentage, by its name in lower case: `water_percentage`, ... */
  readonly percentages: Readonly<Record<string, number>>;
}

/** Georeference of a tile's images at one resolution. */
export interface Sentinel2Grid extends BrowseGrid {
  readonly rows: number;
  readonly columns: number;
}

/** Reads Sentinel-2 tile metadata of every baseline (S2-PDGS-TAS-DI-PSD). Throws InvalidError where the tile has no place. */
export function parseSentinel2TileMetadata(source: string | Uint8Array): Sentinel2TileMetadata {
  const root = typeof source === 'string' ? parseXml(source) : parseXmlBytes(source);
  if (!/^Level-[12][A-C]p?_Tile_ID$/.test(root.name)) {
    throw new InvalidError(`The tile metadata is a ${root.name} document, not a Sentinel-2 tile.`);
  }
  const quality = selectFirst(root, '//Image_Content_QI') ?? selectFirst(root, '//L2A_Image_Content_QI');
  return withoutUndefined({
    ...identity(root),
    ...angles(root),
    cloudCover: numberAt(quality, 'CLOUDY_PIXEL_PERCENTAGE') ?? numberAt(quality, 'CLOUD_COVERAGE_PERCENTAGE'),
    snowCover: numberAt(quality, 'SNOW_ICE_PERCENTAGE') ?? numberAt(quality, 'SNOW_PIXEL_PERCENTAGE'),
    grids: grids(root),
    percentages: percentages(quality),
  });
}

function identity(root: XmlElement) {
  const tileId = textAt(root, '//TILE_ID') ?? textAt(root, '//TILE_ID_2A');
  const [, orbit] = /_A(\d{6})_T/.exec(tileId ?? '') ?? [];
  return {
    tileId,
    datastrip: textAt(root, '//DATASTRIP_ID') ?? textAt(root, '//DATASTRIP_ID_2A'),
    sensed: optionalSafeTime(textAt(root, '//SENSING_TIME')),
    absoluteOrbit: orbit === undefined ? undefined : Number(orbit),
  };
}

function angles(root: XmlElement) {
  const zenith = numberAt(root, '//Mean_Sun_Angle/ZENITH_ANGLE');
  return {
    sunElevation: zenith === undefined ? undefined : 90 - zenith,
    sunAzimuth: numberAt(root, '//Mean_Sun_Angle/AZIMUTH_ANGLE'),
    ...viewAngles(root),
  };
}

function grids(root: XmlElement): ReadonlyMap<number, Sentinel2Grid> {
  const geocoding = selectFirst(root, '//Tile_Geocoding');
  const crs = textAt(geocoding, 'HORIZONTAL_CS_CODE')?.toUpperCase() ?? '';
  if (!/^EPSG:32[67]\d{2}$/.test(crs))
    throw new InvalidError('The tile metadata does not say which UTM zone the tile is in.');
  return new Map(
    select(geocoding, 'Geoposition').map((place) => {
      const resolution = attribute(place, 'resolution') ?? '';
      const size = selectFirst(geocoding, `Size[resolution=${resolution}]`);
      return [Number(resolution), grid(crs, place, size)];
    }),
  );
}

function grid(crs: string, place: XmlElement, size: XmlElement | undefined): Sentinel2Grid {
  const [x, y] = [numberAt(place, 'ULX'), numberAt(place, 'ULY')];
  const [dx, dy] = [numberAt(place, 'XDIM'), numberAt(place, 'YDIM')];
  const [rows, columns] = [numberAt(size, 'NROWS'), numberAt(size, 'NCOLS')];
  if (x === undefined || y === undefined || !dx || !dy || !rows || !columns) {
    throw new InvalidError('The tile metadata does not say where the tile lies or how large it is.');
  }
  return { crs, origin: [x, y], pixelSize: [Math.abs(dx), Math.abs(dy)], rows, columns };
}

/** Means over the bands; azimuths are averaged as directions. */
function viewAngles(root: XmlElement): { readonly incidenceAngle?: number; readonly viewAzimuth?: number } {
  const bands = descendants(root, 'Mean_Viewing_Incidence_Angle');
  const zeniths = bands.flatMap((band) => numberAt(band, 'ZENITH_ANGLE') ?? []);
  const azimuths = bands.flatMap((band) => numberAt(band, 'AZIMUTH_ANGLE') ?? []);
  if (zeniths.length === 0 || azimuths.length === 0) return {};
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const radians = azimuths.map((azimuth) => (azimuth * Math.PI) / 180);
  const direction = (Math.atan2(sum(radians.map(Math.sin)), sum(radians.map(Math.cos))) * 180) / Math.PI;
  return { incidenceAngle: sum(zeniths) / zeniths.length, viewAzimuth: (direction + 360) % 360 };
}

function percentages(quality: XmlElement | undefined): Readonly<Record<string, number>> {
  const others = select(quality, '*').filter(
    ({ name }) => name.endsWith('_PERCENTAGE') && !/^(CLOUDY_PIXEL|SNOW_PIXEL|CLOUD_COVERAGE)_PERC/.test(name),
  );
  const found = others.flatMap((element) => {
    const value = numberAt(quality, element.name);
    return value === undefined ? [] : [[element.name.toLowerCase(), value] as const];
  });
  return Object.fromEntries(found);
}
