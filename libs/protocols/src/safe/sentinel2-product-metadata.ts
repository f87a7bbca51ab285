import { InvalidError } from '#domain/errors.js';
import type { Ring } from '#domain/geometry/ring.js';
import { parseXml, parseXmlBytes } from '../xml/parse-xml.js';
import type { XmlElement } from '../xml/xml-element.js';
import { attribute, descendants, select, selectFirst, textAt, textOf } from '../xml/xml-path.js';
import { numberAt } from './manifest-facts.js';
import { parseLatLonList } from './pos-list.js';
import { optionalSafeTime } from './safe-time.js';
import { withoutUndefined } from './without-undefined.js';

/** What `MTD_MSIL1C.xml` or `MTD_MSIL2A.xml` says; what a baseline's format lacks is absent. */
export interface Sentinel2ProductMetadata {
  readonly acquiredFrom?: Date;
  readonly acquiredTo?: Date;
  readonly productType?: string;
  /** e.g. `04.00`. */
  readonly processingBaseline?: string;
  readonly generated?: Date;
  readonly doi?: string;
  readonly datatake: Sentinel2Datatake;
  readonly granules: readonly { readonly id: string; readonly datastrip?: string }[];
  /** Image files without extension, relative to the product's folder (bare names before baseline 02.04). */
  readonly images: readonly string[];
  /** Digital number of reflectance 1, and what is to be added to digital numbers first, per `band_id` (0 before baseline 04.00). */
  readonly quantification?: number;
  readonly offsets: ReadonlyMap<string, number>;
  readonly reflectanceConversion?: number;
  /** Rings as given, lon/lat, not yet cut at the antimeridian. */
  readonly footprint: readonly Ring[];
  readonly cloudCover?: number;
  readonly snowCover?: number;
}

/** One continuous acquisition. */
export interface Sentinel2Datatake {
  /** e.g. `GS2A_20220125T151701_034442_N04.00`. */
  readonly id?: string;
  readonly platform?: string;
  readonly type?: string;
  readonly absoluteOrbit?: number;
  readonly relativeOrbit?: number;
  readonly orbitDirection?: string;
}

/** Reads Sentinel-2 product metadata of every baseline (S2-PDGS-TAS-DI-PSD, 12 to 15; sen2cor's `L2A_` spellings too). Throws InvalidError. */
export function parseSentinel2ProductMetadata(source: string | Uint8Array): Sentinel2ProductMetadata {
  const root = typeof source === 'string' ? parseXml(source) : parseXmlBytes(source);
  if (!/^Level-[12][A-C]p?_User_Product$/.test(root.name)) {
    throw new InvalidError(`The product metadata is a ${root.name} document, not a Sentinel-2 user product.`);
  }
  return withoutUndefined({
    acquiredFrom: optionalSafeTime(textAt(root, '//PRODUCT_START_TIME')),
    acquiredTo: optionalSafeTime(textAt(root, '//PRODUCT_STOP_TIME')),
    productType: textAt(root, '//PRODUCT_TYPE'),
    processingBaseline: textAt(root, '//PROCESSING_BASELINE'),
    generated: optionalSafeTime(textAt(root, '//GENERATION_TIME')),
    doi: doi(textAt(root, '//PRODUCT_DOI')),
    datatake: datatake(selectFirst(root, '//Datatake')),
    granules: granules(root),
    images: images(root),
    quantification: quantification(root),
    offsets: offsets(root),
    reflectanceConversion: numberAt(root, '//Reflectance_Conversion/U'),
    footprint: footprint(root),
    cloudCover: numberAt(root, '//Cloud_Coverage_Assessment') ?? numberAt(root, '//CLOUD_COVERAGE_PERCENTAGE'),
    snowCover: numberAt(root, '//Snow_Coverage_Assessment') ?? numberAt(root, '//SNOW_ICE_PERCENTAGE'),
  });
}

function doi(text: string | undefined): string | undefined {
  return text?.startsWith('https://doi.org/') ? text.slice('https://doi.org/'.length) : undefined;
}

function datatake(element: XmlElement | undefined): Sentinel2Datatake {
  const id = attribute(element, 'datatakeIdentifier');
  const [, orbit] = /_(\d{6})_N/.exec(id ?? '') ?? [];
  return withoutUndefined({
    id,
    platform: textAt(element, 'SPACECRAFT_NAME')?.toLowerCase(),
    type: textAt(element, 'DATATAKE_TYPE'),
    absoluteOrbit: orbit === undefined ? undefined : Number(orbit),
    relativeOrbit: numberAt(element, 'SENSING_ORBIT_NUMBER'),
    orbitDirection: textAt(element, 'SENSING_ORBIT_DIRECTION')?.toLowerCase(),
  });
}

function granules(root: XmlElement): Sentinel2ProductMetadata['granules'] {
  return [...descendants(root, 'Granule'), ...descendants(root, 'Granules')].map((granule) => {
    const datastrip = attribute(granule, 'datastripIdentifier');
    return { id: attribute(granule, 'granuleIdentifier') ?? '', ...(datastrip === undefined ? {} : { datastrip }) };
  });
}

function images(root: XmlElement): readonly string[] {
  const names = ['IMAGE_FILE', 'IMAGE_FILE_2A', 'IMAGE_ID', 'IMAGE_ID_2A'];
  return names.flatMap((name) => descendants(root, name)).flatMap((image) => textOf(image) ?? []);
}

function quantification(root: XmlElement): number | undefined {
  const names = ['QUANTIFICATION_VALUE', 'BOA_QUANTIFICATION_VALUE', 'L2A_BOA_QUANTIFICATION_VALUE'];
  return names.map((name) => numberAt(root, `//${name}`)).find((value) => value !== undefined);
}

function offsets(root: XmlElement): ReadonlyMap<string, number> {
  const found = [...descendants(root, 'RADIO_ADD_OFFSET'), ...descendants(root, 'BOA_ADD_OFFSET')];
  return new Map(found.map((offset) => [attribute(offset, 'band_id') ?? '', Number(textOf(offset) ?? 0)]));
}

function footprint(root: XmlElement): readonly Ring[] {
  return select(root, '//Global_Footprint/EXT_POS_LIST').flatMap((list) => {
    const text = textOf(list);
    return text === undefined ? [] : [parseLatLonList(text)];
  });
}
