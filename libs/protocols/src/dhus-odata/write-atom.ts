import { el, type XmlMarkup } from '../xml/xml-element.js';
import { writeElement } from '../xml/write-xml.js';
import {
  isComplex,
  writePrimitive,
  type NavigationLink,
  type ODataEntity,
  type ODataProperty,
  type ODataValue,
} from './odata-value.js';
import type { EntityFeed } from './write-json.js';

const DATA = 'http://schemas.microsoft.com/ado/2007/08/dataservices';
const METADATA = `${DATA}/metadata`;
const NAMESPACES = { xmlns: 'http://www.w3.org/2005/Atom', 'xmlns:m': METADATA, 'xmlns:d': DATA } as const;

/** All in one line: `dhusget` takes a property from between the second and the third `>` of its line. */
const DECLARATION = '<?xml version="1.0" encoding="utf-8"?>';

/** An entity as OData 2.0 Atom. `root` is the address of the service, without slash at the end. */
export function writeAtomEntity(entity: ODataEntity, root: string): string {
  const { qname, attributes, children } = atomEntry(entity, root);
  const top = el(qname, { ...NAMESPACES, 'xml:base': `${root}/` }, ...children);
  return DECLARATION + writeElement({ ...top, attributes: new Map([...top.attributes, ...attributes]) });
}

/** Entities as an OData 2.0 Atom feed. */
export function writeAtomFeed(feed: EntityFeed, root: string): string {
  return DECLARATION + writeElement(atomFeed(feed, root, { ...NAMESPACES, 'xml:base': `${root}/` }));
}

/** A property as OData 2.0 XML. */
export function writeXmlProperty({ name, value }: ODataProperty): string {
  const declared = isComplex(value) ? { 'xmlns:m': METADATA, 'm:type': `DHuS.${value.type}` } : {};
  const nothing = value === null ? { 'xmlns:m': METADATA, 'm:null': 'true' } : {};
  const content = isComplex(value) ? value.properties.map((part) => propertyElement(part, '', 'm')) : textOf(value);
  return (
    DECLARATION + writeElement(el(name, { xmlns: DATA, ...namespaceOnce(value), ...declared, ...nothing }, content))
  );
}

/** Parts that are null need the prefix their attribute has. */
function namespaceOnce(value: ODataValue): Readonly<Record<string, string>> {
  return isComplex(value) ? { 'xmlns:m': METADATA } : {};
}

/** An error as OData 2.0 XML. */
export function writeXmlError(message: string): string {
  return (
    DECLARATION +
    writeElement(el('error', { xmlns: METADATA }, el('code'), el('message', { 'xml:lang': 'en' }, message)))
  );
}

function atomFeed(
  { path, title, entities, count, next }: EntityFeed,
  root: string,
  attributes: Readonly<Record<string, string>>,
): XmlMarkup {
  const latest = entities.reduce((last, { updated }) => Math.max(last, updated.getTime()), 0);
  return el(
    'feed',
    attributes,
    el('id', {}, `${root}/${path}`),
    el('title', { type: 'text' }, title),
    el('updated', {}, new Date(latest).toISOString()),
    el('author', {}, el('name')),
    el('link', { href: path, rel: 'self', title }),
    count === undefined ? undefined : el('m:count', {}, count),
    entities.map((entity) => atomEntry(entity, root)),
    next === undefined ? undefined : el('link', { rel: 'next', href: next }),
  );
}

function atomEntry(entity: ODataEntity, root: string): XmlMarkup {
  const { path, title, updated, mediaType, type } = entity;
  const properties = el(
    'm:properties',
    {},
    entity.properties.map((property) => propertyElement(property, 'd:', 'm')),
  );
  const media =
    mediaType === undefined ? [] : [el('link', { href: `${path}/$value`, rel: 'edit-media', type: mediaType })];
  const content =
    mediaType === undefined
      ? [el('content', { type: 'application/xml' }, properties)]
      : [el('content', { type: mediaType, src: `${path}/$value` }), properties];
  return el(
    'entry',
    {},
    el('id', {}, `${root}/${path}`),
    el('title', { type: 'text' }, title),
    el('updated', {}, updated.toISOString()),
    el('category', { term: `DHuS.${type}`, scheme: `${DATA}/scheme` }),
    el('link', { href: path, rel: 'edit', title: type }),
    media,
    entity.links.map((link) => atomLink(link, path, root)),
    content,
  );
}

function atomLink(link: NavigationLink, ownerPath: string, root: string): XmlMarkup {
  const { name, many, inline } = link;
  const path = `${ownerPath}/${name}`;
  const attributes = {
    href: path,
    rel: `${DATA}/related/${name}`,
    title: name,
    type: `application/atom+xml;type=${many ? 'feed' : 'entry'}`,
  };
  if (inline === undefined) return el('link', attributes);
  const inner = isMany(inline) ? atomFeed({ path, title: name, entities: inline }, root, {}) : atomEntry(inline, root);
  return el('link', attributes, el('m:inline', {}, inner));
}

function isMany(inline: ODataEntity | readonly ODataEntity[]): inline is readonly ODataEntity[] {
  return Array.isArray(inline);
}

function propertyElement({ name, value }: ODataProperty, prefix: string, meta: string): XmlMarkup {
  if (value === null) return el(prefix + name, { [`${meta}:null`]: 'true' });
  if (!isComplex(value)) return el(prefix + name, {}, textOf(value));
  const parts = value.properties.map((part) => propertyElement(part, prefix, meta));
  return el(prefix + name, { [`${meta}:type`]: `DHuS.${value.type}` }, parts);
}

function textOf(value: ODataValue): string {
  return value === null || isComplex(value) ? '' : writePrimitive(value);
}
