import type { PropertyValue } from '#domain/product/product.js';
import type { XmlElement } from '../xml/xml-element.js';
import { attribute, child, descendants, select, selectFirst, textAt, textOf } from '../xml/xml-path.js';
import { optionalSafeTime } from './safe-time.js';

/** Facts of a product: what the vocabulary knows by queryable name, the rest by STAC name. */
export interface ProductFacts {
  readonly properties: Readonly<Record<string, PropertyValue>>;
  readonly extra: Readonly<Record<string, unknown>>;
}

/** Everything the metadata objects of a manifest say besides time and footprint. */
export function parseManifestFacts(metadata: XmlElement): ProductFacts {
  const platform = descendants(metadata, 'platform')[0];
  const orbit = descendants(metadata, 'orbitReference')[0];
  const general =
    descendants(metadata, 'standAloneProductInformation')[0] ?? descendants(metadata, 'generalProductInformation')[0];
  const processing = selectFirst(metadata, 'metadataObject[ID=processing]/metadataWrap/xmlData/processing');
  return {
    properties: defined({
      ...platformProperties(platform),
      ...orbitProperties(orbit),
      ...generalProperties(general),
      ...processingProperties(processing, general),
      ...coverProperties(metadata),
    }),
    extra: defined({
      'sat:platform_international_designator': textAt(platform, 'nssdcIdentifier'),
      'sat:anx_datetime': optionalSafeTime(textAt(orbit, '//ascendingNodeTime'))?.toISOString(),
      'processing:facility': facility(processing),
      'processing:software': software(processing),
      's1:product_class': textAt(general, 'productClass'),
      's1:product_composition': textAt(general, 'productComposition'),
      's1:total_slices': numberAt(general, 'totalSlices'),
      's1:instrument_configuration_ID': textAt(general, 'instrumentConfigurationID'),
      's3:mode': attribute(selectFirst(platform, 'instrument/mode'), 'identifier'),
      ...shapeAndCover(metadata),
    }),
  };
}

/** A record without its undefined values. */
export function defined<T>(record: Readonly<Record<string, T | undefined>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter((entry): entry is [string, T] => entry[1] !== undefined));
}

/** Text at a path as a finite number. */
export function numberAt(element: XmlElement | undefined, path: string): number | undefined {
  const number = Number(textAt(element, path) ?? NaN);
  return Number.isFinite(number) ? number : undefined;
}

type Properties = Readonly<Record<string, PropertyValue | undefined>>;

function platformProperties(platform: XmlElement | undefined): Properties {
  const spelled = `${textAt(platform, 'familyName') ?? ''}${textAt(platform, 'number') ?? ''}`;
  const [, unit] = /^SENTINEL-?([1-9][A-D])$/i.exec(spelled) ?? [];
  const swaths = select(platform, '//swath').flatMap((swath) => textOf(swath) ?? []);
  return {
    platform: unit === undefined ? undefined : `sentinel-${unit.toLowerCase()}`,
    instrumentMode: textAt(platform, '//instrumentMode/mode'),
    swath: swaths.length === 0 ? undefined : swaths.join(' '),
  };
}

function orbitProperties(orbit: XmlElement | undefined): Properties {
  const absolute = selectFirst(orbit, 'orbitNumber[type=start]') ?? child(orbit, 'orbitNumber');
  const direction = textAt(orbit, '//pass') ?? attribute(absolute, 'groundTrackDirection');
  return {
    absoluteOrbit: numberOf(absolute),
    relativeOrbit: numberOf(
      selectFirst(orbit, 'relativeOrbitNumber[type=start]') ?? child(orbit, 'relativeOrbitNumber'),
    ),
    cycle: numberAt(orbit, 'cycleNumber'),
    orbitDirection: direction?.toLowerCase(),
  };
}

function numberOf(element: XmlElement | undefined): number | undefined {
  const number = Number(textOf(element) ?? NaN);
  return Number.isSafeInteger(number) ? number : undefined;
}

function generalProperties(general: XmlElement | undefined): Properties {
  const polarisations = select(general, 'transmitterReceiverPolarisation').flatMap((one) => textOf(one) ?? []);
  return {
    polarisations: polarisations.length === 0 ? undefined : polarisations,
    datatake: textAt(general, 'missionDataTakeID'),
    timeliness: textAt(general, 'productTimelinessCategory') ?? textAt(general, 'timeliness'),
    sliceNumber: numberAt(general, 'sliceNumber'),
  };
}

function processingProperties(processing: XmlElement | undefined, general: XmlElement | undefined): Properties {
  const created = textAt(general, 'creationTime') ?? attribute(processing, 'stop') ?? attribute(processing, 'start');
  return {
    processed: optionalSafeTime(created),
    processingBaseline: textAt(general, 'baselineCollection') ?? versionOf(processing),
  };
}

function versionOf(processing: XmlElement | undefined): string | undefined {
  return attribute(selectFirst(processing, 'facility/software'), 'version') || undefined;
}

function facility(processing: XmlElement | undefined): string | undefined {
  const element = child(processing, 'facility');
  const parts = ['name', 'site', 'country'].flatMap((name) => attribute(element, name) || []);
  return parts.length === 0 ? undefined : parts.join(', ');
}

function software(processing: XmlElement | undefined): Readonly<Record<string, string>> | undefined {
  const name = attribute(selectFirst(processing, 'facility/software'), 'name');
  const version = versionOf(processing);
  return name && version ? { [name]: version } : undefined;
}

function coverProperties(metadata: XmlElement): Properties {
  const summary = descendants(metadata, 'classificationSummary')[0];
  return {
    cloudCover: percentage(child(summary, 'cloudyPixels')),
    snowCover: percentage(child(summary, 'snowOrIcePixels')),
  };
}

function percentage(element: XmlElement | undefined): number | undefined {
  const value = Number(attribute(element, 'percentage') ?? NaN);
  return value >= 0 && value <= 100 ? value : undefined;
}

/** Sentinel-3: image size, and what share of it is water, land, bright, ... as `s3:saline_water` etc. */
function shapeAndCover(metadata: XmlElement): Readonly<Record<string, unknown>> {
  const size = descendants(metadata, 'imageSize')[0] ?? descendants(metadata, 'nadirImageSize')[0];
  const shape = [numberAt(size, 'rows'), numberAt(size, 'columns')];
  const summary = descendants(metadata, 'classificationSummary')[0];
  const shares = select(summary, '*').flatMap((element) => {
    const kind = element.name.replace(/Pixels$/, '').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return percentage(element) === undefined ? [] : [[`s3:${kind}`, percentage(element)] as const];
  });
  return { ...(shape.includes(undefined) ? {} : { 's3:shape': shape }), ...Object.fromEntries(shares) };
}
