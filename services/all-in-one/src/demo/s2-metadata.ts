import { el, type XmlMarkup } from '#protocols/xml/xml-element.js';
import { fields } from './fields.js';
import { latLonList } from './manifest.js';
import { OFFSET } from './s2-images.js';
import { BASELINE, type S2Naming } from './s2-naming.js';
import { TILE_METRES, tileCorners } from './s2-tile.js';

/** What the pixels of a product tell: percentages of the scene classification, by class. */
export type ClassShares = (...classes: readonly number[]) => number;

const PSD = 'https://psd-14.sentinel2.eo.esa.int/PSD';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const CLOUDS = [8, 9] as const;

/** `MTD_MSIL1C.xml` or `MTD_MSIL2A.xml` (Sentinel-2 PSD 14, level-1C and -2A user products). `images` are paths without extension. */
export function s2ProductMetadata(naming: S2Naming, images: readonly string[], shares: ClassShares): XmlMarkup {
  const level = `Level-${naming.plan.level}`;
  return el(
    `n1:${level}_User_Product`,
    { 'xmlns:n1': `${PSD}/User_Product_${level}.xsd`, 'xmlns:xsi': XSI },
    el('n1:General_Info', {}, productInfo(naming, images), imageCharacteristics(naming.plan.level)),
    el(
      'n1:Geometric_Info',
      {},
      el(
        'Product_Footprint',
        {},
        el('Product_Footprint', {}, el('Global_Footprint', {}, el('EXT_POS_LIST', {}, latLonList(ring(naming))))),
        el('RASTER_CS_TYPE', {}, 'POINT'),
        el('PIXEL_ORIGIN', {}, 1),
      ),
      el(
        'Coordinate_Reference_System',
        {},
        el('GEO_TABLES', { version: 1 }, 'EPSG'),
        el('HORIZONTAL_CS_TYPE', {}, 'GEOGRAPHIC'),
      ),
    ),
    el(
      'n1:Quality_Indicators_Info',
      {},
      el('Cloud_Coverage_Assessment', {}, percent(shares(...CLOUDS))),
      el('Snow_Coverage_Assessment', {}, percent(0)),
      el(
        'Technical_Quality_Assessment',
        {},
        el('DEGRADED_ANC_DATA_PERCENTAGE', {}, percent(0)),
        el('DEGRADED_MSI_DATA_PERCENTAGE', {}, percent(0)),
      ),
      naming.plan.level === '2A' && imageContent(shares),
    ),
  );
}

function productInfo(naming: S2Naming, images: readonly string[]): XmlMarkup {
  const { plan, start, made, name, tile } = naming;
  return el(
    'Product_Info',
    {},
    fields({
      PRODUCT_START_TIME: start.toISOString(),
      PRODUCT_STOP_TIME: start.toISOString(),
      PRODUCT_URI: name,
      PROCESSING_LEVEL: `Level-${plan.level}`,
      PRODUCT_TYPE: `S2MSI${plan.level}`,
      PROCESSING_BASELINE: BASELINE,
      GENERATION_TIME: made.toISOString(),
      // The landscape is made up: whoever reads the metadata shall see it.
      PREVIEW_IMAGE_URL: `Demonstration data over ${tile.name}, not an acquisition`,
    }),
    datatake(naming),
    el('Query_Options', { completeSingleTile: true }, el('PRODUCT_FORMAT', {}, 'SAFE_COMPACT')),
    el('Product_Organisation', {}, el('Granule_List', {}, granule(naming, images))),
  );
}

function datatake({ plan, start, datatake: datatakeIdentifier }: S2Naming): XmlMarkup {
  return el(
    'Datatake',
    { datatakeIdentifier },
    fields({
      SPACECRAFT_NAME: `Sentinel-2${plan.satellite}`,
      DATATAKE_TYPE: 'INS-NOBS',
      DATATAKE_SENSING_START: start.toISOString(),
      SENSING_ORBIT_NUMBER: plan.orbit,
      SENSING_ORBIT_DIRECTION: 'DESCENDING',
    }),
  );
}

function granule(naming: S2Naming, images: readonly string[]): XmlMarkup {
  return el(
    'Granule',
    { datastripIdentifier: datastripId(naming), granuleIdentifier: tileId(naming), imageFormat: 'JPEG2000' },
    images.map((image) => el('IMAGE_FILE', {}, image)),
  );
}

function datastripId({ plan, spacecraft, datastrip }: S2Naming): string {
  return `${spacecraft}_OPER_MSI_L${plan.level}_DS_${datastrip}_N${BASELINE}`;
}

function tileId({ plan, spacecraft, absoluteOrbit, tile, datastrip }: S2Naming): string {
  const orbit = String(absoluteOrbit).padStart(6, '0');
  return `${spacecraft}_OPER_MSI_L${plan.level}_TL_${datastrip.slice(0, 20)}_A${orbit}_T${tile.name}_N${BASELINE}`;
}

function ring({ tile }: S2Naming): readonly (readonly [number, number])[] {
  const corners = tileCorners(tile);
  return [...corners, corners[0]!];
}

function imageCharacteristics(level: '1C' | '2A'): XmlMarkup {
  const bands = Array.from({ length: 13 }, (_, band) => band);
  const [offsets, offset] =
    level === '1C' ? ['Radiometric_Offset_List', 'RADIO_ADD_OFFSET'] : ['BOA_ADD_OFFSET_VALUES_LIST', 'BOA_ADD_OFFSET'];
  const special = (text: string, index: number): XmlMarkup =>
    el('Special_Values', {}, el('SPECIAL_VALUE_TEXT', {}, text), el('SPECIAL_VALUE_INDEX', {}, index));
  return el(
    'Product_Image_Characteristics',
    {},
    special('NODATA', 0),
    special('SATURATED', 65_535),
    el('Image_Display_Order', {}, el('RED_CHANNEL', {}, 3), el('GREEN_CHANNEL', {}, 2), el('BLUE_CHANNEL', {}, 1)),
    level === '1C'
      ? el('QUANTIFICATION_VALUE', { unit: 'none' }, 10_000)
      : el('QUANTIFICATION_VALUES_LIST', {}, el('BOA_QUANTIFICATION_VALUE', { unit: 'none' }, 10_000)),
    el(
      offsets,
      {},
      bands.map((band) => el(offset, { band_id: band }, -OFFSET)),
    ),
    el('Reflectance_Conversion', {}, el('U', {}, '0.970000')),
  );
}

/** `MTD_TL.xml`: place and size of the images, angles and what is in them. `sizes` are pixels a side by nominal resolution. */
export function s2TileMetadata(naming: S2Naming, sizes: ReadonlyMap<number, number>, shares: ClassShares): XmlMarkup {
  const { plan, sensed } = naming;
  const level = `Level-${plan.level}`;
  return el(
    `n1:${level}_Tile_ID`,
    { 'xmlns:n1': `${PSD}/S2_PDI_${level}_Tile_Metadata.xsd`, 'xmlns:xsi': XSI },
    el(
      'n1:General_Info',
      {},
      fields({ TILE_ID: tileId(naming), DATASTRIP_ID: datastripId(naming), SENSING_TIME: sensed.toISOString() }),
    ),
    el('n1:Geometric_Info', {}, geocoding(naming, sizes), angles(naming)),
    el(
      'n1:Quality_Indicators_Info',
      {},
      plan.level === '2A'
        ? imageContent(shares)
        : el(
            'Image_Content_QI',
            {},
            fields({
              CLOUDY_PIXEL_PERCENTAGE: percent(shares(...CLOUDS)),
              DEGRADED_MSI_DATA_PERCENTAGE: percent(0),
              SNOW_PIXEL_PERCENTAGE: percent(0),
            }),
          ),
    ),
  );
}

function geocoding({ tile }: S2Naming, sizes: ReadonlyMap<number, number>): XmlMarkup {
  return el(
    'Tile_Geocoding',
    {},
    fields({ HORIZONTAL_CS_NAME: `WGS84 / UTM zone ${tile.zone}N`, HORIZONTAL_CS_CODE: `EPSG:326${tile.zone}` }),
    [...sizes].map(([resolution, size]) => el('Size', { resolution }, fields({ NROWS: size, NCOLS: size }))),
    [...sizes].map(([resolution, size]) =>
      el(
        'Geoposition',
        { resolution },
        fields({ ULX: tile.west, ULY: tile.north, XDIM: TILE_METRES / size, YDIM: -TILE_METRES / size }),
      ),
    ),
  );
}

function angles({ tile, start }: S2Naming): XmlMarkup {
  const [, latitude] = tileCorners(tile)[1]!;
  // Declination of the sun, and about the height it has an hour and a half before noon.
  const season = ((start.getTime() - Date.UTC(start.getUTCFullYear(), 5, 21)) / 86_400_000 / 365.25) * 2 * Math.PI;
  const zenith = latitude + 0.5 - 23.44 * Math.cos(season) + 4;
  const angle = (name: string, attributes: Record<string, number>, degrees: readonly [number, number]): XmlMarkup =>
    el(
      name,
      attributes,
      el('ZENITH_ANGLE', { unit: 'deg' }, degrees[0].toFixed(4)),
      el('AZIMUTH_ANGLE', { unit: 'deg' }, degrees[1].toFixed(4)),
    );
  return el(
    'Tile_Angles',
    { metadataLevel: 'Standard' },
    angle('Mean_Sun_Angle', {}, [zenith, 155]),
    el(
      'Mean_Viewing_Incidence_Angle_List',
      {},
      [1, 2, 3, 7].map((bandId) =>
        angle('Mean_Viewing_Incidence_Angle', { bandId }, [4.2 + 0.1 * bandId, 285 - bandId]),
      ),
    ),
  );
}

function imageContent(shares: ClassShares): XmlMarkup {
  const contents: readonly (readonly [string, readonly number[]])[] = [
    ['CLOUDY_PIXEL', CLOUDS],
    ['NODATA_PIXEL', [0]],
    ['SATURATED_DEFECTIVE_PIXEL', [1]],
    ['CLOUD_SHADOW', [3]],
    ['VEGETATION', [4]],
    ['NOT_VEGETATED', [5]],
    ['WATER', [6]],
    ['UNCLASSIFIED', [7]],
    ['MEDIUM_PROBA_CLOUDS', [8]],
    ['HIGH_PROBA_CLOUDS', [9]],
    ['THIN_CIRRUS', [10]],
    ['SNOW_ICE', [11]],
  ];
  return el(
    'Image_Content_QI',
    {},
    contents.map(([name, classes]) => el(`${name}_PERCENTAGE`, {}, percent(shares(...classes)))),
  );
}

const percent = (value: number): string => value.toFixed(6);
