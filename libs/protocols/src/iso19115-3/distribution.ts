import { ARCHIVE_NOTE, ORDERING_INSTRUCTIONS } from '../records/availability.js';
import type { MetadataRecord, OnlineResource } from '../records/metadata-record.js';
import { xml, type XmlText, type XmlValue } from '../xml/xml-template.js';
import { writeParty } from './party.js';
import { codeProperty, textProperty } from './property.js';

/** `mdb:distributionInfo`: formats, availability (`orderingInstructions`, and `offLine` where it is in the archive) and online resources; nothing where there is none of them. */
export function writeDistribution(record: MetadataRecord): XmlValue {
  const { formats, onlineResources, availability } = record;
  if (formats.length === 0 && onlineResources.length === 0 && availability === undefined) return undefined;
  return xml`<mdb:distributionInfo><mrd:MD_Distribution>
    ${formats.map((format) => xml`<mrd:distributionFormat>${writeFormat(format)}</mrd:distributionFormat>`)}
    ${writeDistributor(record)}
    ${
      (onlineResources.length > 0 || availability === 'offline') &&
      xml`<mrd:transferOptions><mrd:MD_DigitalTransferOptions>${onlineResources.map(writeOnlineResource)}
        ${availability === 'offline' && writeArchive()}</mrd:MD_DigitalTransferOptions></mrd:transferOptions>`
    }
    </mrd:MD_Distribution></mdb:distributionInfo>`;
}

/** A format as a specification by its name. */
export function writeFormat(name: string): XmlText {
  return xml`<mrd:MD_Format><mrd:formatSpecificationCitation><cit:CI_Citation>${textProperty('cit:title', name)}
    </cit:CI_Citation></mrd:formatSpecificationCitation></mrd:MD_Format>`;
}

/** Who distributes, and by the ordering instructions whether bytes are at hand. */
function writeDistributor({ availability, parties }: MetadataRecord): XmlValue {
  if (availability === undefined) return undefined;
  const contact = parties.find(({ role }) => role === 'distributor' || role === 'publisher');
  return xml`<mrd:distributor><mrd:MD_Distributor>
    ${
      contact === undefined
        ? xml`<mrd:distributorContact gco:nilReason="missing"/>`
        : writeParty('mrd:distributorContact', { ...contact, role: 'distributor' })
    }
    <mrd:distributionOrderProcess><mrd:MD_StandardOrderProcess>
    ${textProperty('mrd:orderingInstructions', ORDERING_INSTRUCTIONS[availability])}
    </mrd:MD_StandardOrderProcess></mrd:distributionOrderProcess></mrd:MD_Distributor></mrd:distributor>`;
}

function writeArchive(): XmlText {
  return xml`<mrd:offLine><mrd:MD_Medium>${textProperty('mrd:mediumNote', ARCHIVE_NOTE)}</mrd:MD_Medium></mrd:offLine>`;
}

function writeOnlineResource({ href, protocol, name, description, use }: OnlineResource): XmlText {
  return xml`<mrd:onLine><cit:CI_OnlineResource>${textProperty('cit:linkage', href)}${textProperty('cit:protocol', protocol)}
    ${textProperty('cit:name', name)}${textProperty('cit:description', description)}
    ${use !== undefined && codeProperty('cit:function', 'cit:CI_OnLineFunctionCode', use)}
    </cit:CI_OnlineResource></mrd:onLine>`;
}
