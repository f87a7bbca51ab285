import type { MetadataRecord } from '../records/metadata-record.js';
import { splitKeywords } from '../records/observation-terms.js';
import { freeText } from './free-text.js';
import type { XmlElement } from '../xml/xml-element.js';
import { select, textAt } from '../xml/xml-path.js';

/** Keywords of an identification: themes of INSPIRE by their thesaurus, what `eo:` terms say of an observation, and all others. */
export function readKeywords(
  identification: XmlElement | undefined,
): Pick<MetadataRecord, 'keywords' | 'themes' | 'properties'> {
  const blocks = select(identification, 'descriptiveKeywords/MD_Keywords');
  return {
    themes: blocks.filter(isOfThemes).flatMap(keywordsOf),
    ...splitKeywords(blocks.filter((block) => !isOfThemes(block)).flatMap(keywordsOf)),
  };
}

function isOfThemes(block: XmlElement): boolean {
  return /inspire (spatial data )?themes/i.test(textAt(block, 'thesaurusName/CI_Citation/title') ?? '');
}

function keywordsOf(block: XmlElement): readonly string[] {
  return select(block, 'keyword').flatMap((keyword) => freeText(keyword) ?? []);
}
