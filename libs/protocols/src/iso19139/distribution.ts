import { ARCHIVE_NOTE, ORDERING_INSTRUCTIONS } from '../records/availability.js';
import type { MetadataRecord, OnlineResource } from '../records/metadata-record.js';
import { xml, type XmlText, type XmlValue } from '../xml/xml-template.js';
import { writeParty } from './citation.js';
import { writeFormat } from './identification.js';
import { codeProperty, textProperty } from './property.js';

/** `gmd:distributionInfo`: formats, availability (`orderingInstructions`, and `offLine` where it is in the archive) and online resources (INSPIRE TG 2.0, requirement C.8 and table 1); nothing where there is none of them. */
export function writeDistribution(record: MetadataRecord): XmlValue {
  const { formats, onlineResources, availability } = record;
  if (formats.length === 0 && onlineResources.length === 0 && availability === undefined) return undefined;
  return xml`<gmd:distributionInfo><gmd:MD_Distribution>
    ${formats.map((format) => xml`<gmd:distributionFormat>${writeFormat(format)}</gmd:distributionFormat>`)}
    ${writeDistributor(record)}
    ${
      (onlineResources.length > 0 || availability === 'offline') &&
      xml`<gmd:transferOptions><gmd:MD_DigitalTransferOptions>${onlineResources.map(writeOnlineResource)}
        ${availability === 'offline' && writeArchive()}</gmd:MD_DigitalTransferOptions></gmd:transferOptions>`
    }
    </gmd:MD_Distribution></gmd:distributionInfo>`;
}

/** Who distributes, and by the ordering instructions whether bytes are at hand. */
function writeDistributor({ availability, parties }: MetadataRecord): XmlValue {
  if (availability === undefined) return undefined;
  const contact = parties.find(({ role }) => role === 'distributor' || role === 'publisher');
  return xml`<gmd:distributor><gmd:MD_Distributor>
    ${
      contact === undefined
        ? xml`<gmd:distributorContact gco:nilReason="missing"/>`
        : writeParty('gmd:distributorContact', { ...contact, role: 'distributor' })
    }
    <gmd:distributionOrderProcess><gmd:MD_StandardOrderProcess>
    ${textProperty('gmd:orderingInstructions', ORDERING_INSTRUCTIONS[availability])}
    </gmd:MD_StandardOrderProcess></gmd:distributionOrderProcess></gmd:MD_Distributor></gmd:distributor>`;
}

function writeArchive(): XmlText {
  return xml`<gmd:offLine><gmd:MD_Medium>${textProperty('gmd:mediumNote', ARCHIVE_NOTE)}</gmd:MD_Medium></gmd:offLine>`;
}

function writeOnlineResource({ href, protocol, name, description, use }: OnlineResource): XmlText {
  return xml`<gmd:onLine><gmd:CI_OnlineResource><gmd:linkage><gmd:URL>${href}</gmd:URL></gmd:linkage>
    ${textProperty('gmd:protocol', protocol)}${textProperty('gmd:name', name)}${textProperty('gmd:description', description)}
    ${use !== undefined && codeProperty('gmd:function', 'gmd:CI_OnLineFunctionCode', use)}
    </gmd:CI_OnlineResource></gmd:onLine>`;
}
