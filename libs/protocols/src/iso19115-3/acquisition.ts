import type { MetadataRecord } from '../records/metadata-record.js';
import { platformTitle } from '../records/platform-title.js';
import { xml, type XmlText, type XmlValue } from '../xml/xml-template.js';
import { codeProperty, identifierProperty, textProperty } from './property.js';

type Properties = MetadataRecord['properties'];

/** `mdb:contentInfo`: sun, cloud cover and processing level of an image; nothing for what is no observation. */
export function writeCoverageDescription({ properties }: MetadataRecord): XmlValue {
  if (properties['sensorType'] === undefined && properties['instrument'] === undefined) return undefined;
  const real = (name: string, value: Properties[string] | undefined): XmlValue =>
    typeof value === 'number' && xml`<${name}><gco:Real>${value}</gco:Real></${name}>`;
  const level = properties['processingLevel'];
  return xml`<mdb:contentInfo><mrc:MD_ImageDescription>
    <mrc:attributeDescription><gco:RecordType>image</gco:RecordType></mrc:attributeDescription>
    ${typeof level === 'string' && identifierProperty('mrc:processingLevelCode', level)}
    ${real('mrc:illuminationElevationAngle', properties['sunElevation'])}
    ${real('mrc:illuminationAzimuthAngle', properties['sunAzimuth'])}
    ${real('mrc:cloudCoverPercentage', properties['cloudCover'])}
    </mrc:MD_ImageDescription></mdb:contentInfo>`;
}

/** `mdb:acquisitionInformation`: the orbit as an operation, the satellite with its instrument as the platform. */
export function writeAcquisition({ properties }: MetadataRecord): XmlValue {
  const { instrument, platform = properties['constellation'], absoluteOrbit } = properties;
  if (platform === undefined && instrument === undefined) return undefined;
  const satellite = platformTitle(platform) ?? 'unknown';
  return xml`<mdb:acquisitionInformation><mac:MI_AcquisitionInformation><mac:scope gco:nilReason="missing"/>
    ${absoluteOrbit !== undefined && writeOperation(String(absoluteOrbit))}
    <mac:platform><mac:MI_Platform>${identifierProperty('mac:identifier', satellite)}${textProperty('mac:description', satellite)}
    <mac:instrument><mac:MI_Instrument>
    ${identifierProperty('mac:identifier', typeof instrument === 'string' ? instrument.toUpperCase() : 'unknown')}
    ${textProperty('mac:type', String(properties['sensorType'] ?? 'unknown'))}
    </mac:MI_Instrument></mac:instrument></mac:MI_Platform></mac:platform>
    </mac:MI_AcquisitionInformation></mdb:acquisitionInformation>`;
}

function writeOperation(orbit: string): XmlText {
  return xml`<mac:operation><mac:MI_Operation>${identifierProperty('mac:identifier', orbit)}
    ${codeProperty('mac:status', 'mcc:MD_ProgressCode', 'completed')}
    <mac:parentOperation gco:nilReason="inapplicable"/></mac:MI_Operation></mac:operation>`;
}
