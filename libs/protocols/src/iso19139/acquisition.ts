import type { MetadataRecord } from '../records/metadata-record.js';
import { platformTitle } from '../records/platform-title.js';
import { xml, type XmlText, type XmlValue } from '../xml/xml-template.js';
import { codeProperty, textProperty } from './property.js';

type Properties = MetadataRecord['properties'];

/** `gmd:contentInfo`: sun, cloud cover and processing level of an image (ISO 19115 §6.7); nothing for what is no observation. */
export function writeImageDescription({ properties }: MetadataRecord): XmlValue {
  if (properties['sensorType'] === undefined && properties['instrument'] === undefined) return undefined;
  const real = (name: string, value: Properties[string] | undefined): XmlValue =>
    typeof value === 'number' && xml`<${name}><gco:Real>${value}</gco:Real></${name}>`;
  const level = properties['processingLevel'];
  return xml`<gmd:contentInfo><gmd:MD_ImageDescription>
    <gmd:attributeDescription><gco:RecordType>image</gco:RecordType></gmd:attributeDescription>
    ${codeProperty('gmd:contentType', 'gmd:MD_CoverageContentTypeCode', 'image')}
    ${real('gmd:illuminationElevationAngle', properties['sunElevation'])}
    ${real('gmd:illuminationAzimuthAngle', properties['sunAzimuth'])}
    ${real('gmd:cloudCoverPercentage', properties['cloudCover'])}
    ${typeof level === 'string' && xml`<gmd:processingLevelCode>${identifier(level)}</gmd:processingLevelCode>`}
    </gmd:MD_ImageDescription></gmd:contentInfo>`;
}

/** `gmi:acquisitionInformation` (ISO 19115-2 §6.4): the orbit as an operation, the satellite with its instrument as the platform. */
export function writeAcquisition({ properties }: MetadataRecord): XmlValue {
  const { instrument, platform = properties['constellation'], absoluteOrbit } = properties;
  if (platform === undefined && instrument === undefined) return undefined;
  return xml`<gmi:acquisitionInformation><gmi:MI_AcquisitionInformation>
    ${absoluteOrbit !== undefined && writeOperation(properties)}
    <gmi:platform><gmi:MI_Platform>
    <gmi:identifier>${identifier(platformTitle(platform) ?? 'unknown')}</gmi:identifier>
    ${textProperty('gmi:description', platformTitle(platform) ?? 'unknown')}
    <gmi:instrument><gmi:MI_Instrument>
    <gmi:identifier>${identifier(typeof instrument === 'string' ? instrument.toUpperCase() : 'unknown')}</gmi:identifier>
    ${textProperty('gmi:type', String(properties['sensorType'] ?? 'unknown'))}
    </gmi:MI_Instrument></gmi:instrument>
    </gmi:MI_Platform></gmi:platform>
    </gmi:MI_AcquisitionInformation></gmi:acquisitionInformation>`;
}

function writeOperation({ absoluteOrbit, relativeOrbit, orbitDirection }: Properties): XmlText {
  const parts = [
    `orbit ${String(absoluteOrbit)}`,
    ...(relativeOrbit === undefined ? [] : [`relative orbit ${String(relativeOrbit)}`]),
    ...(typeof orbitDirection === 'string' ? [orbitDirection] : []),
  ];
  return xml`<gmi:operation><gmi:MI_Operation>${textProperty('gmi:description', parts.join(', '))}
    <gmi:identifier>${identifier(String(absoluteOrbit))}</gmi:identifier>
    ${codeProperty('gmi:status', 'gmd:MD_ProgressCode', 'completed')}
    ${codeProperty('gmi:type', 'gmi:MI_OperationTypeCode', 'real')}
    <gmi:parentOperation gco:nilReason="inapplicable"/>
    </gmi:MI_Operation></gmi:operation>`;
}

function identifier(code: string): XmlText {
  return xml`<gmd:MD_Identifier>${textProperty('gmd:code', code)}</gmd:MD_Identifier>`;
}
