import type { XmlElement } from '../xml/xml-element.js';
import { writeElement } from '../xml/write-xml.js';
import { attribute, child, childrenOf, descendants, textOf } from '../xml/xml-path.js';
import type { GivenRequest } from './parse-request.js';
import { WfsError } from './wfs-error.js';
import { WFS_VERSIONS } from './wfs-version.js';

type Pair = readonly [name: string, value: string | undefined];

const ATTRIBUTES = ['service', 'outputFormat', 'resultType', 'count', 'maxFeatures', 'startIndex'];

/** A request in XML (OGC 09-025r2, 04-094) as parameters of the same meaning, its filter beside them. Throws WfsError for several queries at once. */
export function xmlRequest(root: XmlElement): GivenRequest {
  const version = Object.values(WFS_VERSIONS).find(({ namespace }) => namespace === root.namespace)?.version;
  const queries = childrenOf(root, 'Query');
  const stored = child(root, 'StoredQuery');
  if (queries.length + (stored === undefined ? 0 : 1) > 1) {
    throw new WfsError('One query is answered at once.', 'OptionNotSupported', 'Query');
  }
  const [query] = queries;
  const filter = child(query, 'Filter');
  return {
    kvp: kvpOf([
      ['request', root.name],
      ['version', attribute(root, 'version') ?? version],
      ...ATTRIBUTES.map((name): Pair => [name, attribute(root, name)]),
      ['acceptVersions', texts(child(root, 'AcceptVersions'), 'Version')],
      ['sections', texts(child(root, 'Sections'), 'Section')],
      ['typeName', texts(root, 'TypeName')],
      ['storedQuery_Id', texts(root, 'StoredQueryId')],
      ...(stored === undefined ? [] : storedPairs(stored)),
      ...(query === undefined ? [] : queryPairs(query)),
      // For the links to other pages, which are asked for by GET.
      ['filter', filter && writeElement(standalone(filter))],
    ]),
    filter,
  };
}

function queryPairs(query: XmlElement): readonly Pair[] {
  const order = childrenOf(child(query, 'SortBy') ?? NOTHING, 'SortProperty').map((property) => {
    const name = textOf(child(property, 'ValueReference') ?? child(property, 'PropertyName')) ?? '';
    return `${name} ${textOf(child(property, 'SortOrder')) ?? 'ASC'}`;
  });
  return [
    ['typeNames', (attribute(query, 'typeNames') ?? attribute(query, 'typeName'))?.trim().split(/\s+/).join(',')],
    ['srsName', attribute(query, 'srsName')],
    ['propertyName', texts(query, 'PropertyName')],
    ['sortBy', order.length === 0 ? undefined : order.join(',')],
  ];
}

const NOTHING: XmlElement = { qname: '', name: '', namespace: '', attributes: new Map(), children: [] };

function storedPairs(stored: XmlElement): readonly Pair[] {
  const parameters = childrenOf(stored, 'Parameter').map((one): Pair => [attribute(one, 'name') ?? '', textOf(one)]);
  return [['storedQuery_Id', attribute(stored, 'id')], ...parameters.filter(([name]) => /^id$/i.test(name))];
}

/** An element that declares what its names need, so that it stands without what was around it. */
function standalone(element: XmlElement): XmlElement {
  const declared = new Map<string, string>();
  for (const one of [element, ...descendants(element)]) {
    const prefix = one.qname.includes(':') ? `xmlns:${one.qname.slice(0, one.qname.indexOf(':'))}` : 'xmlns';
    if (!declared.has(prefix)) declared.set(prefix, one.namespace);
  }
  return { ...element, attributes: new Map([...declared, ...element.attributes]) };
}

function texts(parent: XmlElement | undefined, name: string): string | undefined {
  const found = parent === undefined ? [] : childrenOf(parent, name).map((one) => textOf(one) ?? '');
  return found.length === 0 ? undefined : found.join(',');
}

function kvpOf(pairs: readonly Pair[]): ReadonlyMap<string, string> {
  const kvp = new Map<string, string>();
  for (const [name, value] of pairs) {
    const key = name.toUpperCase();
    if (value !== undefined && value !== '' && !kvp.has(key)) kvp.set(key, value);
  }
  return kvp;
}
