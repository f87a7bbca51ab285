import { InvalidError } from '#domain/errors.js';
import type { Ring } from '#domain/geometry/ring.js';
import type { NetcdfValue } from '#domain/ports/netcdf-reader.js';
import { defined, type ProductFacts } from './manifest-facts.js';
import { parseLatLonList } from './pos-list.js';
import { optionalSafeTime } from './safe-time.js';
import { withoutUndefined } from './without-undefined.js';

/** Attributes of a NetCDF file by group path (the root's is the empty string), as `NetcdfReader.readAttributes` gives them. */
export type NetcdfAttributes = Readonly<Record<string, Readonly<Record<string, NetcdfValue>>>>;

/** What a Sentinel-5P file says of itself. */
export interface Sentinel5pAttributes extends ProductFacts {
  /** Name the file was made under, without extension. */
  readonly name?: string;
  readonly acquiredFrom?: Date;
  readonly acquiredTo?: Date;
  /** Ring as given, lon/lat, not yet cut at the antimeridian. */
  readonly footprint: readonly Ring[];
}

const EOP = 'METADATA/EOP_METADATA';
const FOOTPRINT = `${EOP}/om:featureOfInterest/eop:multiExtentOf/gml:surfaceMembers/gml:exterior`;
const PROCESSING = `${EOP}/eop:metaDataProperty/eop:processing`;

/** Reads the global and `METADATA` attributes of a Level 1b or 2 file (S5P product user manuals §8). Throws InvalidError for other files. */
export function parseSentinel5pAttributes(attributes: NetcdfAttributes): Sentinel5pAttributes {
  const text = (group: string, name: string): string | undefined => textValue(attributes[group]?.[name]);
  if (!/^S(entinel-)?5P?$/i.test(text('', 'platform') ?? '') && text('', 'sensor') !== 'TROPOMI') {
    throw new InvalidError('The NetCDF file does not say that it is from Sentinel-5P.');
  }
  const positions = text(FOOTPRINT, 'gml:posList');
  return withoutUndefined({
    name: text('', 'id')?.replace(/\.nc$/, ''),
    acquiredFrom: optionalSafeTime(text('', 'time_coverage_start')),
    acquiredTo: optionalSafeTime(text('', 'time_coverage_end')),
    footprint: positions === undefined ? [] : [parseLatLonList(positions)],
    properties: defined({
      absoluteOrbit: orbitNumber(attributes['']?.['orbit']),
      processed: optionalSafeTime(text('', 'date_created')),
      resolution: kilometres(text('', 'spatial_resolution')),
    }),
    extra: defined({
      title: text('', 'title'),
      'processing:facility': text(PROCESSING, 'eop:processingCenter'),
      'processing:software': software(text(PROCESSING, 'eop:processorName'), text('', 'processor_version')),
      'sci:doi': doi(text('', 'identifier_product_doi')),
      's5p:quality': text(`${EOP}/eop:metaDataProperty`, 'eop:productQualityStatus'),
    }),
  });
}

function orbitNumber(value: NetcdfValue | undefined): number | undefined {
  const orbit = Number(value);
  return Number.isSafeInteger(orbit) && orbit > 0 ? orbit : undefined;
}

function textValue(value: NetcdfValue | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** `5.5x3.5km2` or `7x3.5km2`: the finer side, in metres. */
function kilometres(text: string | undefined): number | undefined {
  const [, a, b] = /^([\d.]+)x([\d.]+)km2?$/.exec(text ?? '') ?? [];
  return a === undefined ? undefined : Math.min(Number(a), Number(b)) * 1000;
}

function software(name: string | undefined, version: string | undefined): Readonly<Record<string, string>> | undefined {
  return name === undefined || version === undefined ? undefined : { [name]: version };
}

function doi(text: string | undefined): string | undefined {
  return text?.startsWith('10.') ? text : undefined;
}
