import type { MetadataRecord, OnlineResource } from '../records/metadata-record.js';
import { xml, type XmlText, type XmlValue } from '../xml/xml-template.js';
import { codeProperty, textProperty } from './property.js';

/** `mdb:distributionInfo`: formats and online resources; nothing where there is neither. */
export function writeDistribution({ formats, onlineResources }: MetadataRecord): XmlValue {
  if (formats.length === 0 && onlineResources.length === 0) return undefined;
  return xml`<mdb:distributionInfo><mrd:MD_Distribution>
    ${formats.map((format) => xml`<mrd:distributionFormat>${writeFormat(format)}</mrd:distributionFormat>`)}
    ${
      onlineResources.length > 0 &&
      xml`<mrd:transferOptions><mrd:MD_DigitalTransferOptions>${onlineResources.map(writeOnlineResource)}
        </mrd:MD_DigitalTransferOptions></mrd:transferOptions>`
    }
    </mrd:MD_Distribution></mdb:distributionInfo>`;
}

/** A format as a specification by its name. */
export function writeFormat(name: string): XmlText {
  return xml`<mrd:MD_Format><mrd:formatSpecificationCitation><cit:CI_Citation>${textProperty('cit:title', name)}
    </cit:CI_Citation></mrd:formatSpecificationCitation></mrd:MD_Format>`;
}

function writeOnlineResource({ href, protocol, name, description, use }: OnlineResource): XmlText {
  return xml`<mrd:onLine><cit:CI_OnlineResource>${textProperty('cit:linkage', href)}${textProperty('cit:protocol', protocol)}
    ${textProperty('cit:name', name)}${textProperty('cit:description', description)}
    ${use !== undefined && codeProperty('cit:function', 'cit:CI_OnLineFunctionCode', use)}
    </cit:CI_OnlineResource></mrd:onLine>`;
}
