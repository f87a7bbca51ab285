import type { XmlElement } from '#protocols/xml/xml-element.js';
import { childrenOf } from '#protocols/xml/xml-path.js';

/** A step of a path: axis, test on namespace and local name, conditions on attributes. */
interface Step {
  readonly deep: boolean;
  readonly test: (element: XmlElement) => boolean;
}

const LOCAL_NAMES = /local-name\(\)\s*=\s*["']([^"']+)["']/g;
const ATTRIBUTE = /@([\w:-]+)\s*=\s*["']([^"']*)["']/g;

/**
 * The elements or attribute values an XPath of the field selects: steps by qualified name, `*`, `//`, `./`, conditions on attributes and `local-name()`
 * joined by `and` (attributes) or `or` (names), `@attribute` or `text()` at the end. Prefixes mean what `namespaces` says, as in a client.
 */
export function xpath(
  root: XmlElement,
  path: string,
  namespaces: Readonly<Record<string, string>> = {},
): readonly string[] {
  const [, steps = '', attribute] = /^(.*?)(?:\/@([\w:-]+))?$/s.exec(path.replace(/\/text\(\)$/, '')) ?? [];
  const elements = xpathElements(root, steps, namespaces);
  if (attribute === undefined) return elements.map(textBelow);
  return elements.flatMap((element) => element.attributes.get(attribute) ?? []);
}

/** The elements a path selects; `/a/b` begins at the document, `./a` and `a` at `root`. */
export function xpathElements(
  root: XmlElement,
  path: string,
  namespaces: Readonly<Record<string, string>> = {},
): readonly XmlElement[] {
  const document: XmlElement = { qname: '', name: '', namespace: '', attributes: new Map(), children: [root] };
  const from = path.startsWith('/') ? document : root;
  let found: readonly XmlElement[] = [from];
  for (const step of stepsOf(path.replace(/^\.\/(?!\/)/, ''), namespaces)) {
    found = found.flatMap((element) => (step.deep ? below(element) : childrenOf(element)).filter(step.test));
  }
  return found;
}

function stepsOf(path: string, namespaces: Readonly<Record<string, string>>): readonly Step[] {
  // Slashes within conditions are text.
  const parts = path.replace(/^\.?(?=\/)/, '').match(/\/{0,2}(?:[^/[]|\[[^\]]*\])+/g) ?? [];
  return parts.map((part) => {
    const [, slashes = '', name = '', condition = ''] = /^(\/*)([^[]+)(?:\[(.*)\])?$/s.exec(part) ?? [];
    const [, prefix, local = name] = /^(?:([\w-]+):)?([\w*-]+)$/.exec(name) ?? [];
    const namespace = prefix === undefined ? '' : namespaces[prefix];
    if (namespace === undefined) throw new Error(`no namespace for ${prefix}`);
    const names = [...condition.matchAll(LOCAL_NAMES)].map(([, text]) => text);
    const attributes = [...condition.matchAll(ATTRIBUTE)];
    return {
      deep: slashes === '//',
      test: (element) =>
        (local === '*' || (element.name === local && element.namespace === namespace)) &&
        (names.length === 0 || names.includes(element.name)) &&
        attributes.every(([, key = '', value]) => element.attributes.get(key) === value),
    };
  });
}

function below(element: XmlElement): readonly XmlElement[] {
  return childrenOf(element).flatMap((child) => [child, ...below(child)]);
}

function textBelow(element: XmlElement): string {
  return element.children.map((node) => (typeof node === 'string' ? node : textBelow(node))).join('');
}
