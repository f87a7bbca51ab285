import { InvalidError } from '#domain/errors.js';
import type { XmlElement } from '../xml/xml-element.js';
import { attribute, childrenOf } from '../xml/xml-path.js';

/** A way to search, from an OpenSearch 1.1 description. */
export interface SearchTemplate {
  readonly template: string;
  readonly type: string;
  /** `results` or `collection` (two-step). */
  readonly rel: string;
  /** Of the first record and page. */
  readonly indexOffset: number;
  readonly pageOffset: number;
}

const READABLE = [/^application\/atom\+xml/i, /^application\/(geo|vnd\.geo)\+json/i, /^application\/json/i];

/** The template to ask, Atom before GeoJSON, products before collections. Throws InvalidError where the document is no description or has none that can be read. */
export function readSearchDescription(document: XmlElement): SearchTemplate {
  if (document.name !== 'OpenSearchDescription')
    throw new InvalidError(`The document is no OpenSearch description but ${document.qname}.`);
  const templates = childrenOf(document, 'Url').map(readUrl);
  const found = ['results', 'collection'].flatMap((rel) =>
    READABLE.flatMap((type) => templates.filter((url) => url.rel.split(/\s+/).includes(rel) && type.test(url.type))),
  )[0];
  if (found === undefined)
    throw new InvalidError('The OpenSearch description has no search that gives Atom or GeoJSON.');
  return found;
}

function readUrl(url: XmlElement): SearchTemplate {
  const whole = (name: string): number => Number(/^\d{1,4}$/.exec(attribute(url, name) ?? '')?.[0] ?? 1);
  return {
    template: attribute(url, 'template') ?? '',
    type: attribute(url, 'type') ?? '',
    rel: attribute(url, 'rel') ?? 'results',
    indexOffset: whole('indexOffset'),
    pageOffset: whole('pageOffset'),
  };
}

/**
 * Fills a template (OpenSearch 1.1 §"URL template syntax"): values by the terms' local names or by the parameters', optional ones without a value
 * are left out with their parameter. Throws InvalidError where one without a value is not optional.
 */
export function fillTemplate({ template }: SearchTemplate, values: Readonly<Record<string, string>>): string {
  // `?` also marks what is optional: only the first one outside braces begins the query.
  const [, address = '', query = ''] = /^((?:[^?{]|\{[^{}]*\})*)\??(.*)$/s.exec(template) ?? [];
  const parameters = query.split('&').flatMap((parameter) => {
    const [, before = '', name = '', optional = ''] = /^([^{]*)\{([^{}?]{1,100})(\??)\}$/.exec(parameter) ?? [];
    if (name === '') return parameter === '' ? [] : [parameter];
    const value = values[name.replace(/^.*:/, '')] ?? values[decodeName(before)];
    if (value !== undefined) return [`${before}${encodeURIComponent(value)}`];
    if (optional === '') throw new InvalidError(`The search at the source needs a value for ${name}.`);
    return [];
  });
  const path = address.replace(/\{([^{}?]{1,100})(\??)\}/g, (_all, name: string) =>
    encodeURIComponent(values[name.replace(/^.*:/, '')] ?? ''),
  );
  return parameters.length === 0 ? path : `${path}?${parameters.join('&')}`;
}

function decodeName(before: string): string {
  return before.replace(/=$/, '');
}
