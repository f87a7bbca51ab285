import type { MetadataRecord } from '../records/metadata-record.js';
import { scopeCode } from '../records/scope-code.js';
import { xml, type XmlText, type XmlValue } from '../xml/xml-template.js';
import { writeCitation } from './citation.js';
import { codeProperty, textProperty } from './property.js';

/** `gmd:dataQualityInfo` around its reports and lineage; nothing where the record has neither. */
export function writeQuality(record: MetadataRecord, content: XmlValue): XmlValue {
  if (record.lineage === undefined && record.conformity === undefined) return undefined;
  return xml`<gmd:dataQualityInfo><gmd:DQ_DataQuality><gmd:scope><gmd:DQ_Scope>
    ${codeProperty('gmd:level', 'gmd:MD_ScopeCode', scopeCode(record.type))}</gmd:DQ_Scope></gmd:scope>
    ${content}</gmd:DQ_DataQuality></gmd:dataQualityInfo>`;
}

/** How the resource came to be (INSPIRE TG 2.0 requirement C.11). */
export function writeLineage({ lineage }: MetadataRecord): XmlValue {
  return (
    lineage !== undefined &&
    xml`<gmd:lineage><gmd:LI_Lineage>${textProperty('gmd:statement', lineage)}</gmd:LI_Lineage></gmd:lineage>`
  );
}

/** Conformity with a specification; nil where nobody has evaluated it (INSPIRE TG 2.0 §2.4.9). */
export function writeConformity({ conformity }: MetadataRecord): XmlValue {
  if (conformity === undefined) return undefined;
  const { title, date, pass } = conformity;
  return xml`<gmd:report><gmd:DQ_DomainConsistency><gmd:result><gmd:DQ_ConformanceResult>
    <gmd:specification>${writeCitation(titleOf(title), date)}</gmd:specification>
    ${textProperty('gmd:explanation', pass === undefined ? 'This data set is not evaluated against the specification.' : 'See the referenced specification.')}
    ${pass === undefined ? xml`<gmd:pass gco:nilReason="unknown"/>` : xml`<gmd:pass><gco:Boolean>${String(pass)}</gco:Boolean></gmd:pass>`}
    </gmd:DQ_ConformanceResult></gmd:result></gmd:DQ_DomainConsistency></gmd:report>`;
}

function titleOf(title: string): XmlText {
  return xml`${textProperty('gmd:title', title)}`;
}
