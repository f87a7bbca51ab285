import type { XmlElement } from '../xml/xml-element.js';
import { selectFirst, textAt, textOf } from '../xml/xml-path.js';

/** The text of a property at a path (ISO/TS 19139 §8.5); of one in several languages (`PT_FreeText`) that in the record's own. */
export function freeTextAt(element: XmlElement | undefined, path: string): string | undefined {
  return freeText(selectFirst(element, path));
}

/** As freeTextAt, of the property itself. */
export function freeText(property: XmlElement | undefined): string | undefined {
  return textAt(property, 'CharacterString') ?? textAt(property, 'Anchor') ?? textOf(property);
}
