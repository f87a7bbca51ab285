import type { MetadataRecord, OnlineResource } from '../records/metadata-record.js';
import { xml, type XmlText, type XmlValue } from '../xml/xml-template.js';
import { writeFormat } from './identification.js';
import { codeProperty, textProperty } from './property.js';

/** `gmd:distributionInfo`: formats and online resources (INSPIRE TG 2.0, requirement C.8 and table 1); nothing where there is neither. */
export function writeDistribution({ formats, onlineResources }: MetadataRecord): XmlValue {
  if (formats.length === 0 && onlineResources.length === 0) return undefined;
  return xml`<gmd:distributionInfo><gmd:MD_Distribution>
    ${formats.map((format) => xml`<gmd:distributionFormat>${writeFormat(format)}</gmd:distributionFormat>`)}
    ${
      onlineResources.length > 0 &&
      xml`<gmd:transferOptions><gmd:MD_DigitalTransferOptions>${onlineResources.map(writeOnlineResource)}
        </gmd:MD_DigitalTransferOptions></gmd:transferOptions>`
    }
    </gmd:MD_Distribution></gmd:distributionInfo>`;
}

function writeOnlineResource({ href, protocol, name, description, use }: OnlineResource): XmlText {
  return xml`<gmd:onLine><gmd:CI_OnlineResource><gmd:linkage><gmd:URL>${href}</gmd:URL></gmd:linkage>
    ${textProperty('gmd:protocol', protocol)}${textProperty('gmd:name', name)}${textProperty('gmd:description', description)}
    ${use !== undefined && codeProperty('gmd:function', 'gmd:CI_OnLineFunctionCode', use)}
    </gmd:CI_OnlineResource></gmd:onLine>`;
}
