import { writeXml } from '../xml/write-xml.js';
import { el, type XmlMarkup } from '../xml/xml-element.js';
import type { InfoForm } from './feature-info-request.js';

/** What lies at the asked pixel: one scene, and the values of its bands there. */
export interface FeatureInfo {
  readonly layer: string;
  readonly product: string;
  /** Acquisition begin. */
  readonly acquired: Date;
  /** By band; `value` is what the style computes of them. */
  readonly values: readonly { readonly name: string; readonly value: number; readonly meaning?: string }[];
}

/** Features as written, with their media type. */
export interface WrittenInfo {
  readonly type: string;
  readonly body: string;
}

/** Writes features, top of the map first. */
export function writeFeatureInfo(features: readonly FeatureInfo[], form: InfoForm): WrittenInfo {
  switch (form) {
    case 'text':
      return { type: 'text/plain; charset=utf-8', body: writeText(features) };
    case 'html':
      return {
        type: 'text/html; charset=utf-8',
        body: writeXml(html(features)).replace(/^<\?xml[^>]*\?>\s*/, '<!DOCTYPE html>'),
      };
    case 'json':
      return { type: 'application/json; charset=utf-8', body: writeJson(features) };
    case 'gml':
      return { type: 'application/vnd.ogc.gml', body: writeXml(gml(features)) };
  }
}

const NOTHING = 'No scene at this place and time.\n';

function writeText(features: readonly FeatureInfo[]): string {
  const parts = features.map(({ layer, product, acquired, values }) =>
    [
      `layer = ${layer}`,
      `product = ${product}`,
      `acquired = ${acquired.toISOString()}`,
      ...values.map(({ name, value, meaning }) => `${name} = ${value}${meaning === undefined ? '' : ` (${meaning})`}`),
      '',
    ].join('\n'),
  );
  return parts.join('\n') || NOTHING;
}

function html(features: readonly FeatureInfo[]): XmlMarkup {
  const row = (head: string, cell: string): XmlMarkup => el('tr', {}, el('th', {}, head), el('td', {}, cell));
  const tables = features.map(({ layer, product, acquired, values }) =>
    el(
      'table',
      {},
      el('caption', {}, layer),
      row('product', product),
      row('acquired', acquired.toISOString()),
      values.map(({ name, value, meaning }) => row(name, `${value}${meaning === undefined ? '' : ` (${meaning})`}`)),
    ),
  );
  const body = tables.length > 0 ? tables : [el('p', {}, NOTHING.trim())];
  return el('html', {}, el('head', {}, el('title', {}, 'Features')), el('body', {}, body));
}

function writeJson(features: readonly FeatureInfo[]): string {
  return JSON.stringify({
    type: 'FeatureCollection',
    features: features.map(({ layer, product, acquired, values }) => ({
      type: 'Feature',
      id: product,
      geometry: null,
      properties: {
        layer,
        product,
        datetime: acquired.toISOString(),
        ...Object.fromEntries(values.map(({ name, value }) => [name, value])),
        ...Object.fromEntries(values.flatMap(({ meaning }) => (meaning === undefined ? [] : [['meaning', meaning]]))),
      },
    })),
  });
}

function gml(features: readonly FeatureInfo[]): XmlMarkup {
  const members = features.map(({ layer, product, acquired, values }) =>
    el(
      'gml:featureMember',
      {},
      el(
        'scene',
        {},
        el('layer', {}, layer),
        el('product', {}, product),
        el('acquired', {}, acquired.toISOString()),
        values.map(({ name, value, meaning }) => el('band', { name, meaning }, value)),
      ),
    ),
  );
  return el('gml:FeatureCollection', { 'xmlns:gml': 'http://www.opengis.net/gml' }, members);
}
