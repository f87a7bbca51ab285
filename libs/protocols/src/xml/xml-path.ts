import type { XmlElement } from './xml-element.js';

/** The child elements, or those of a local name. */
export function childrenOf(element: XmlElement, name?: string): readonly XmlElement[] {
  return element.children.filter(
    (child): child is XmlElement => typeof child !== 'string' && (name === undefined || child.name === name),
  );
}

/** The first child element of a local name. */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((candidate): candidate is XmlElement => isNamed(candidate, name));
}

/** Every element anywhere below, or those of a local name, in document order. */
export function descendants(element: XmlElement, name?: string): readonly XmlElement[] {
  const found: XmlElement[] = [];
  const left: (XmlElement | string)[] = element.children.toReversed();
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next === 'string') continue;
    if (name === undefined || isNamed(next, name)) found.push(next);
    for (let i = next.children.length - 1; i >= 0; i--) left.push(next.children[i]!);
  }
  return found;
}

/**
 * Elements by a small path of local names: `General_Info/Product_Info`, `*` for any name, `//` for any depth below, `name[type=start]` for an attribute's
 * value. Names are compared without namespace. The path is the programmer's: a malformed one matches nothing.
 */
export function select(element: XmlElement | undefined, path: string): readonly XmlElement[] {
  let found: readonly XmlElement[] = element === undefined ? [] : [element];
  let deep = false;
  for (const step of path.split('/')) {
    if (step === '') {
      deep = true;
      continue;
    }
    found = found.flatMap((from) => stepFrom(from, step, deep));
    deep = false;
  }
  return found;
}

/** The first element `select` finds. */
export function selectFirst(element: XmlElement | undefined, path: string): XmlElement | undefined {
  return select(element, path)[0];
}

/** All text below an element, trimmed; undefined for no element and for nothing but space. */
export function textOf(element: XmlElement | undefined): string | undefined {
  const text = element === undefined ? '' : allText(element).trim();
  return text === '' ? undefined : text;
}

/** Text of the first element at a path. */
export function textAt(element: XmlElement | undefined, path: string): string | undefined {
  return textOf(selectFirst(element, path));
}

/** An attribute by its local name, whatever its prefix; namespace declarations are no attributes. */
export function attribute(element: XmlElement | undefined, name: string): string | undefined {
  const exact = element?.attributes.get(name);
  if (exact !== undefined || element === undefined) return exact;
  for (const [qname, value] of element.attributes) {
    if (qname.endsWith(`:${name}`) && !qname.startsWith('xmlns:')) return value;
  }
  return undefined;
}

function isNamed(node: XmlElement | string, name: string): boolean {
  return typeof node !== 'string' && node.name === name;
}

function stepFrom(from: XmlElement, step: string, deep: boolean): readonly XmlElement[] {
  const [, name = '', key, value] = /^([^[\]]+)(?:\[([^=]+)=([^\]]*)\])?$/.exec(step) ?? [];
  const named = deep ? descendants(from, name) : childrenOf(from, name === '*' ? undefined : name);
  return key === undefined ? named : named.filter((candidate) => attribute(candidate, key) === value);
}

function allText(element: XmlElement): string {
  return element.children.map((node) => (typeof node === 'string' ? node : allText(node))).join('');
}
