import type { Product } from '#domain/product/product.js';
import { escapeValue, XML_DECLARATION } from '../xml/write-xml.js';
import { xml, XmlText, type XmlValue } from '../xml/xml-template.js';
import { featureId } from './feature-id.js';
import { batchesOf, type FeaturePage } from './feature-page.js';
import { FEATURE_NAMESPACE, FEATURE_PREFIX, GEOMETRY_PROPERTY, type FeatureType } from './feature-type.js';
import { featureValue } from './feature-value.js';
import { writeGml } from './write-gml.js';
import { positionWriter, type WritePosition } from './write-position.js';
import { WFS_VERSIONS } from './wfs-version.js';

/** `wfs:FeatureCollection` of a page, a feature at a time (OGC 09-025r2 §7.7.4.3, 04-094 §9.3). */
export async function* writeFeatures(page: FeaturePage): AsyncGenerator<string> {
  const is20 = page.version === '2.0.0';
  const isEmpty = page.products.length === 0;
  yield `${XML_DECLARATION}<wfs:FeatureCollection${namespaces(page)}${counts(page)}>`;
  if (!is20 && !isEmpty) yield '<gml:featureMembers>';
  const position = positionWriter(page.crs, page.project);
  for await (const products of batchesOf(page)) {
    for (const product of products) {
      const feature = writeFeature(product, page, { position, attributes: '' });
      yield is20 ? `<wfs:member>${feature}</wfs:member>` : feature;
    }
  }
  if (!is20 && !isEmpty) yield '</gml:featureMembers>';
  yield '</wfs:FeatureCollection>';
}

/** The only feature of a page as a document of its own: what GetFeatureById answers (OGC 09-025r2 §7.9.3.6). */
export function writeSingleFeature(page: FeaturePage): string {
  const position = positionWriter(page.crs, page.project);
  return XML_DECLARATION + writeFeature(page.products[0]!, page, { position, attributes: namespaces(page) });
}

/** `wfs:FeatureCollection` that tells the number of features alone. */
export function writeHits(page: FeaturePage): string {
  return `${XML_DECLARATION}<wfs:FeatureCollection${namespaces(page)}${counts(page)}/>`;
}

interface FeatureForm {
  readonly position: WritePosition;
  /** Of the root of a document. */
  readonly attributes: string;
}

function writeFeature(product: Product, page: FeaturePage, { position, attributes }: FeatureForm): string {
  const type = page.types.find(({ name }) => name === product.collection);
  if (type === undefined) return '';
  const { version, crs } = page;
  const id = featureId(product);
  const wants = (name: string): boolean => page.properties === undefined || page.properties.includes(name);
  const geometry =
    product.geometry === null || !wants(GEOMETRY_PROPERTY)
      ? undefined
      : writeGml(product.geometry, { version, srsName: crs.srsName, id: `${id}.footprint`, position });
  const element = `${FEATURE_PREFIX}:${type.name}`;
  const content = [
    ...properties(product, type, wants),
    geometry && xml`<frombork:geometry>${geometry}</frombork:geometry>`,
  ];
  return `<${element} gml:id="${escapeValue(id)}"${attributes}>${xml`${content}`.text}</${element}>`;
}

function properties(product: Product, type: FeatureType, wants: (name: string) => boolean): readonly XmlValue[] {
  return type.attributes.flatMap((attribute): readonly XmlValue[] => {
    const value = wants(attribute.name) ? featureValue(product, attribute) : undefined;
    if (value === undefined) return [];
    const name = `${FEATURE_PREFIX}:${attribute.name}`;
    const list = typeof value === 'object' ? value : [value];
    return list.map((one) => xml`${new XmlText(`<${name}>`)}${one}${new XmlText(`</${name}>`)}`);
  });
}

function namespaces({ version, types, address }: FeaturePage): string {
  const { namespace, schema, gml, gmlSchema } = WFS_VERSIONS[version];
  const names = types.map(({ name }) => `${FEATURE_PREFIX}:${name}`).join(',');
  const typeNames = version === '2.0.0' ? 'TYPENAMES' : 'TYPENAME';
  const described = `${address}SERVICE=WFS&VERSION=${version}&REQUEST=DescribeFeatureType&${typeNames}=${names}`;
  const declared = {
    'xmlns:wfs': namespace,
    'xmlns:gml': gml,
    [`xmlns:${FEATURE_PREFIX}`]: FEATURE_NAMESPACE,
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    'xsi:schemaLocation': `${namespace} ${schema} ${gml} ${gmlSchema} ${FEATURE_NAMESPACE} ${described}`,
  };
  return attributesOf(declared);
}

function counts(page: FeaturePage): string {
  const { version, products, matched, next, previous, now } = page;
  const timeStamp = now.toISOString();
  if (version === '1.1.0') return attributesOf({ timeStamp, ...numberOfFeatures(page) });
  return attributesOf({
    timeStamp,
    numberMatched: matched === undefined ? 'unknown' : String(matched),
    numberReturned: String(products.length),
    ...(next === undefined ? {} : { next }),
    ...(previous === undefined ? {} : { previous }),
  });
}

/** In 1.1 it is how many the answer has, or match where it has none, and may be left out. */
function numberOfFeatures({ products, more, matched }: FeaturePage): Readonly<Record<string, string>> {
  if (more !== undefined) return {};
  return { numberOfFeatures: String(products.length > 0 ? products.length : (matched ?? 0)) };
}

function attributesOf(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeValue(value)}"`)
    .join('');
}
