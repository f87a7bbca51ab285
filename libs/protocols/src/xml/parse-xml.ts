import { SaxesParser, type SaxesAttributeNSIncomplete, type SaxesTagNS } from 'saxes';
import { InvalidError } from '#domain/errors.js';
import { decodeXml } from './decode-xml.js';
import type { XmlElement } from './xml-element.js';

/** What a document may cost. `size` is in characters, or bytes where bytes are parsed; `nodes` counts elements and attributes. */
export interface XmlLimits {
  readonly size: number;
  readonly depth: number;
  readonly nodes: number;
}

/** Enough for every Sentinel metadata file, read in well under a second. */
export const XML_LIMITS: XmlLimits = { size: 8 << 20, depth: 128, nodes: 250_000 };

/**
 * Parses a document (XML 1.0, Namespaces in XML 1.0) into an immutable tree. Comments and processing instructions are left
 * out, CDATA is text. DOCTYPE is refused, so there are no entities but the five of XML. Throws InvalidError with the place.
 */
export function parseXml(text: string, limits: Partial<XmlLimits> = {}): XmlElement {
  const bounds = { ...XML_LIMITS, ...limits };
  if (text.length > bounds.size) throw new InvalidError(`The XML is longer than ${bounds.size} characters.`);
  const document = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (hasDoctype(document)) throw new InvalidError('The XML cannot be read: a DOCTYPE is not accepted.');
  return new TreeBuilder(bounds).parse(document);
}

/** Looks through the prolog only: a DOCTYPE is refused before anybody reads what it declares. */
function hasDoctype(text: string): boolean {
  let at = 0;
  for (;;) {
    while (/\s/.test(text.charAt(at))) at++;
    const [end, skip] = text.startsWith('<!--', at)
      ? ['-->', 4]
      : text.startsWith('<?', at)
        ? ['?>', 2]
        : [undefined, 0];
    if (end === undefined) return /^<!doctype/i.test(text.slice(at, at + 9));
    const close = text.indexOf(end, at + skip);
    if (close < 0) return false;
    at = close + end.length;
  }
}

/** As parseXml, from bytes: UTF-8, UTF-16 (by byte order mark or by sight) or the single-byte encoding the declaration names. */
export function parseXmlBytes(bytes: Uint8Array, limits: Partial<XmlLimits> = {}): XmlElement {
  const size = limits.size ?? XML_LIMITS.size;
  if (bytes.length > size) throw new InvalidError(`The XML is longer than ${size} bytes.`);
  return parseXml(decodeXml(bytes), limits);
}

/** After `<`: an end tag, a processing instruction. */
const NOT_OPENING: ReadonlySet<number> = new Set(['/', '?'].map((character) => character.charCodeAt(0)));

interface OpenElement extends XmlElement {
  readonly children: (XmlElement | string)[];
}

/** Grows the tree from the parser's events; stops at the first fault. */
class TreeBuilder {
  private readonly parser = new SaxesParser({ xmlns: true });
  private readonly open: OpenElement[] = [];
  private root: XmlElement | undefined;
  private nodes = 0;

  constructor(private readonly limits: XmlLimits) {
    this.parser.on('error', (error) => this.refuse(error.message.replace(/^[\d:]+\s*/, '')));
    this.parser.on('doctype', () => this.refuse('a DOCTYPE is not accepted'));
    this.parser.on('opentagstart', () => this.count());
    this.parser.on('attribute', (attribute: SaxesAttributeNSIncomplete) => this.countAttribute(attribute));
    this.parser.on('opentag', (tag) => this.begin(tag));
    this.parser.on('closetag', () => this.end());
    this.parser.on('text', (text) => this.append(text));
    this.parser.on('cdata', (text) => this.append(text));
  }

  parse(text: string): XmlElement {
    if (!text.includes('<!')) this.checkTags(text);
    this.parser.write(text).close();
    return this.root ?? this.refuse('there is no element');
  }

  private begin(tag: SaxesTagNS): void {
    if (this.open.length >= this.limits.depth) this.refuse(`elements are nested deeper than ${this.limits.depth}`);
    const attributes = new Map(Object.values(tag.attributes).map(({ name, value }) => [name, value]));
    const element: OpenElement = { qname: tag.name, name: tag.local, namespace: tag.uri, attributes, children: [] };
    this.open.at(-1)?.children.push(element);
    this.open.push(element);
    this.root ??= element;
  }

  private end(): void {
    this.open.pop();
  }

  private append(text: string): void {
    const children = this.open.at(-1)?.children;
    const last = children?.length ?? 0;
    const before = children?.[last - 1];
    if (typeof before === 'string') children![last - 1] = before + text;
    else if (text !== '') children?.push(text);
  }

  /** Without comments and CDATA `<` begins tags only: too many are refused before a tree is grown of them. */
  private checkTags(text: string): void {
    for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
      if (!NOT_OPENING.has(text.charCodeAt(at + 1))) this.count();
    }
    this.nodes = 0;
  }

  private count(): void {
    this.nodes += 1;
    if (this.nodes > this.limits.nodes) this.refuse(`there are more than ${this.limits.nodes} elements and attributes`);
  }

  private countAttribute({ name }: SaxesAttributeNSIncomplete): void {
    this.count();
    if (name.length > 1000) this.refuse('an attribute name is longer than 1000 characters');
  }

  private refuse(reason: string): never {
    throw new InvalidError(
      `The XML cannot be read: ${reason} (line ${this.parser.line}, column ${this.parser.column}).`,
    );
  }
}
