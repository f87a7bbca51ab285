import { el, type XmlMarkup } from '#protocols/xml/xml-element.js';

/** One element with a text for each entry; `prefix` is that of their namespace, with its colon. */
export function fields(values: Readonly<Record<string, string | number>>, prefix = ''): readonly XmlMarkup[] {
  return Object.entries(values).map(([name, value]) => el(prefix + name, {}, value));
}
