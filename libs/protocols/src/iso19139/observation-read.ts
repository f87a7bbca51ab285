import type { MetadataRecord } from '../records/metadata-record.js';
import { checkRecordNumber } from '../records/record-value.js';
import { withoutUndefined } from '../safe/without-undefined.js';
import type { XmlElement } from '../xml/xml-element.js';
import { attribute, select, selectFirst, textAt, textOf } from '../xml/xml-path.js';

/** What image description and acquisition say of an observation, by queryable name. Throws InvalidError naming the element that is no number. */
export function readObservation(metadata: XmlElement): MetadataRecord['properties'] {
  const image = selectFirst(metadata, '//MD_ImageDescription') ?? selectFirst(metadata, '//MI_ImageDescription');
  const acquisition = selectFirst(metadata, 'acquisitionInformation/MI_AcquisitionInformation');
  const orbit = identifierAt(acquisition, 'operation/MI_Operation/identifier');
  return withoutUndefined({
    platform: identifierAt(acquisition, '//MI_Platform/identifier')?.toLowerCase(),
    instrument: identifierAt(acquisition, '//MI_Instrument/identifier')?.toLowerCase(),
    absoluteOrbit: orbit !== undefined && /^\d{1,9}$/.test(orbit) ? Number(orbit) : undefined,
    cloudCover: numberAt(image, 'cloudCoverPercentage'),
    sunElevation: numberAt(image, 'illuminationElevationAngle'),
    sunAzimuth: numberAt(image, 'illuminationAzimuthAngle'),
    processingLevel: identifierAt(image, 'processingLevelCode'),
    resolution: metresAt(metadata),
  });
}

/** The code of an identifier; some write its text alone. */
function identifierAt(element: XmlElement | undefined, path: string): string | undefined {
  const identifier = selectFirst(element, path);
  return textAt(identifier, '*/code') ?? textOf(identifier);
}

function numberAt(element: XmlElement | undefined, name: string): number | undefined {
  const text = textAt(element, name);
  return text === undefined ? undefined : checkRecordNumber(text, name);
}

/** The finest resolution given in metres. */
function metresAt(metadata: XmlElement): number | undefined {
  const distances = select(metadata, 'identificationInfo/*/spatialResolution//Distance')
    .filter((distance) => /^(?:m|met(?:er|re)s?)$|#m$/i.test(attribute(distance, 'uom') ?? ''))
    .flatMap((distance) => textOf(distance) ?? [])
    .map((text) => checkRecordNumber(text, 'gco:Distance'));
  return distances.toSorted((a, b) => a - b)[0];
}
