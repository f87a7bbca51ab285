import { escapeValue } from './write-xml.js';

/** A piece of XML whose values have been escaped. */
export class XmlText {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

/** What may stand in a template; text is escaped, pieces of XML are not, lists are joined, undefined and false are nothing. */
export type XmlValue = XmlText | string | number | boolean | undefined | readonly XmlValue[];

/**
 * Writes XML where building a tree first would cost too much (records by the hundred). Values are escaped for text and for attributes in double quotes;
 * line breaks and indentation of the template itself are left out.
 */
export function xml(strings: TemplateStringsArray, ...values: readonly XmlValue[]): XmlText {
  const fixed = compact(strings);
  let text = fixed[0] ?? '';
  for (let at = 0; at < values.length; at++) text += written(values[at]) + (fixed[at + 1] ?? '');
  return new XmlText(text);
}

function written(value: XmlValue): string {
  if (typeof value === 'string') return escapeValue(value);
  if (value instanceof XmlText) return value.text;
  if (typeof value === 'object') {
    let text = '';
    for (const piece of value) text += written(piece);
    return text;
  }
  return value === undefined || value === false ? '' : String(value);
}

/** Template texts by the array the engine keeps for each place in the source. */
const COMPACT = new WeakMap<TemplateStringsArray, readonly string[]>();

function compact(strings: TemplateStringsArray): readonly string[] {
  const known = COMPACT.get(strings);
  if (known !== undefined) return known;
  let before = '';
  const made = strings.map((text) => {
    const from = before;
    before += text;
    return text.replaceAll(/\s*\n\s*/g, (_space, at: number) => (isWithinTag(from + text.slice(0, at)) ? ' ' : ''));
  });
  COMPACT.set(strings, made);
  return made;
}

/** A line break within a start tag keeps its attributes apart. */
function isWithinTag(before: string): boolean {
  return before.lastIndexOf('<') > before.lastIndexOf('>');
}
