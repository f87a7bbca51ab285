/** Markup to write: an element by its name as written (`gml:pos`), attributes by name as written, children and text in order. */
export interface XmlMarkup {
  readonly qname: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly (XmlMarkup | string)[];
}

/** An element as parsed: besides what was written, its local name and the namespace it stands for ('' where none). */
export interface XmlElement extends XmlMarkup {
  readonly name: string;
  readonly namespace: string;
  readonly children: readonly (XmlElement | string)[];
}

/** Values attributes are built from; undefined leaves the attribute out. */
export type XmlAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** What an element is built from; undefined and false leave nothing, so that `condition && el(...)` reads well. */
export type XmlContent = XmlMarkup | string | number | undefined | false | readonly XmlContent[];

/** Builds an element: `el('gml:Point', { srsName }, el('gml:pos', {}, '48 11'))`. Declare namespaces as attributes (`xmlns:gml`). */
export function el(qname: string, attributes: XmlAttributes = {}, ...content: readonly XmlContent[]): XmlMarkup {
  const given = Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as const],
  );
  return { qname, attributes: new Map(given), children: content.flatMap(flatten) };
}

function flatten(content: XmlContent): readonly (XmlMarkup | string)[] {
  if (content === undefined || content === false) return [];
  if (typeof content === 'object') return Array.isArray(content) ? content.flatMap(flatten) : [content as XmlMarkup];
  return [String(content)];
}
