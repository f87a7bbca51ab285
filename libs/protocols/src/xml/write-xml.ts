import type { XmlMarkup } from './xml-element.js';

/** `<?xml …?>` line of every document written. */
export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** Writes a whole document in UTF-8 with its declaration, and a document type declaration as it stands where there has to be one. */
export function writeXml(root: XmlMarkup, doctype = ''): string {
  return XML_DECLARATION + doctype + writeElement(root);
}

/** Writes one element and everything below it, without a declaration. */
export function writeElement(element: XmlMarkup): string {
  if (element.children.length === 0) return `${opening(element)}/>`;
  const content = element.children.map((node) => (typeof node === 'string' ? escapeText(node) : writeElement(node)));
  return `${opening(element)}>${content.join('')}</${element.qname}>`;
}

/** Writes a document piece by piece: the root with the children it has, then the entries as they come, one piece each; for feeds of any length. */
export async function* writeXmlStream(
  root: XmlMarkup,
  entries: AsyncIterable<XmlMarkup> | Iterable<XmlMarkup>,
): AsyncGenerator<string> {
  const head = root.children.map((node) => (typeof node === 'string' ? escapeText(node) : writeElement(node)));
  yield `${XML_DECLARATION}${opening(root)}>${head.join('')}`;
  for await (const entry of entries) yield writeElement(entry);
  yield `</${root.qname}>`;
}

function opening({ qname, attributes }: XmlMarkup): string {
  const written = [...attributes].map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`);
  return `<${qname}${written.join('')}`;
}

function escapeText(text: string): string {
  return replaceIllegal(text).replaceAll(/[&<>\r]/g, (character) => REFERENCES[character]!);
}

function escapeAttribute(text: string): string {
  return replaceIllegal(text).replaceAll(/[&<>"\t\n\r]/g, (character) => REFERENCES[character]!);
}

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const SPECIAL = /[&<>"\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/;

/** Text escaped for element content and for attributes in double quotes alike; the usual text, with nothing to escape, costs one look. */
export function escapeValue(text: string): string {
  return SPECIAL.test(text)
    ? replaceIllegal(text).replaceAll(/[&<>"\r]/g, (character) => REFERENCES[character]!)
    : text;
}

/** Characters XML 1.0 §2.2 has no way to write become U+FFFD. */
function replaceIllegal(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  return text.toWellFormed().replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\uFFFD');
}
