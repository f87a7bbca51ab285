import { observationTerms } from '../records/observation-terms.js';
import type { MetadataRecord } from '../records/metadata-record.js';
import { xml, type XmlText, type XmlValue } from '../xml/xml-template.js';
import { writeCitation } from './citation.js';
import { inspireTheme } from './inspire-themes.js';
import { anchorProperty, codeProperty, textProperty } from './property.js';

/** Title of the thesaurus of themes as INSPIRE TG 2.0 (requirement C.8) wants it. */
export const THEMES_TITLE = 'GEMET - INSPIRE themes, version 1.0';

/** The keywords: themes of INSPIRE with their thesaurus, free ones, and the observation as `eo:` terms, which is how catalogues exchange what ISO 19115 has no place for. */
export function writeKeywords({ themes, keywords, properties }: MetadataRecord): XmlValue {
  return [
    themes.length > 0 && block(themes.map(writeTheme), 'theme', writeThesaurus()),
    keywords.length > 0 &&
      block(
        keywords.map((keyword) => textProperty('gmd:keyword', keyword)),
        'theme',
      ),
    block(
      observationTerms(properties).map((term) => textProperty('gmd:keyword', term)),
      'theme',
    ),
  ];
}

function block(keywords: readonly XmlValue[], type: string, thesaurus?: XmlText): XmlValue {
  if (keywords.length === 0) return undefined;
  return xml`<gmd:descriptiveKeywords><gmd:MD_Keywords>${keywords}
    ${codeProperty('gmd:type', 'gmd:MD_KeywordTypeCode', type)}${thesaurus}
    </gmd:MD_Keywords></gmd:descriptiveKeywords>`;
}

function writeTheme(theme: string): XmlValue {
  const href = inspireTheme(theme);
  return href === undefined ? textProperty('gmd:keyword', theme) : anchorProperty('gmd:keyword', theme, href);
}

function writeThesaurus(): XmlText {
  const title = anchorProperty('gmd:title', THEMES_TITLE, 'http://www.eionet.europa.eu/gemet/inspire_themes');
  return xml`<gmd:thesaurusName>${writeCitation(title, '2008-06-01')}</gmd:thesaurusName>`;
}
