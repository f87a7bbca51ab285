import { describe, expect, it } from '@jest/globals';
import { parseXml } from '../xml/parse-xml.js';
import type { XmlElement } from '../xml/xml-element.js';
import { writeCapabilities } from './capabilities.js';
import { writeServiceException } from './service-exception.js';
import type { WmsDescription } from './wms-description.js';
import { DIALECTS } from './wms-version.js';

const sources = {
  hasCloudCover: false,
  attribution: { title: 'Somebody', address: 'https://example.org/terms' },
  identifier: 'EOP:MIRROR:X',
  metadataAddress: 'https://mirror.example/csw?ID=EOP%3AMIRROR%3AX',
};
const description: WmsDescription = {
  title: 'Maps & more',
  abstract: 'x',
  keywords: ['Sentinel'],
  address: 'https://mirror.example/wms?',
  updateSequence: '2024-06-01T00:00:00.000Z',
  crs: ['CRS:84', 'EPSG:4326', 'EPSG:3857'],
  contact: { organisation: 'Mirror <1>', email: 'help@mirror.example' },
  authorityAddress: 'https://mirror.example/csw?',
  layers: [
    {
      ...sources,
      hasCloudCover: true,
      name: 'sentinel-2-l1c',
      title: 'Sentinel-2',
      abstract: 'Scenes',
      keywords: [],
      styles: [{ name: 'true-colour', title: 'True colour' }],
      bbox: [10, 47, 12, 48],
      extent: { from: new Date('2022-01-25T15:17:01.024Z'), to: new Date('2024-06-02T10:00:00Z') },
    },
    {
      ...sources,
      name: 'across',
      title: 'Across the antimeridian',
      abstract: '',
      keywords: [],
      styles: [{ name: 'browse', title: 'Browse' }],
      bbox: [170, -20, -170, 20],
      extent: { from: new Date('2022-01-25T15:17:01.024Z'), to: new Date('2022-01-25T15:17:26.024Z') },
    },
  ],
};
const document = writeCapabilities(description, DIALECTS['1.3.0']);

const root = parseXml(document);
const childrenOf = (element: XmlElement | undefined, name: string): XmlElement[] =>
  (element?.children ?? []).filter((child): child is XmlElement => typeof child !== 'string' && child.name === name);
const textOf = (element: XmlElement | undefined): string =>
  element?.children.filter((child) => typeof child === 'string').join('') ?? '';
const layers = childrenOf(childrenOf(childrenOf(root, 'Capability')[0], 'Layer')[0], 'Layer');

describe('writeCapabilities (WMS 1.3.0 annex A)', () => {
  it('has an unprefixed, namespaced root with the normative schema', () => {
    expect(root).toMatchObject({ qname: 'WMS_Capabilities', namespace: 'http://www.opengis.net/wms' });
    expect(document).toContain('http://schemas.opengis.net/wms/1.3.0/capabilities_1_3_0.xsd');
    expect(root.attributes.get('updateSequence')).toBe('2024-06-01T00:00:00.000Z');
  });

  it('gives each layer its box in the three systems, in their axis order (§6.7.4)', () => {
    const boxes = childrenOf(layers[0], 'BoundingBox').map(({ attributes }) =>
      ['CRS', 'minx', 'miny', 'maxx', 'maxy'].map((name) => attributes.get(name)).join(' '),
    );
    expect(boxes).toEqual([
      'CRS:84 10 47 12 48',
      'EPSG:4326 47 10 48 12',
      'EPSG:3857 1113194.91 5942074.07 1335833.89 6106854.83',
    ]);
    expect(childrenOf(layers[0], 'EX_GeographicBoundingBox')).toHaveLength(1);
    expect(childrenOf(layers[1], 'BoundingBox')[0]?.attributes.get('minx')).toBe('-180');
  });

  it('declares time in whole days, with default, nearest and current values (annex C)', () => {
    const [time] = childrenOf(layers[0], 'Dimension');
    expect(textOf(time)).toBe('2022-01-25/2024-06-02/P1D');
    expect(Object.fromEntries(time?.attributes ?? [])).toEqual({
      name: 'time',
      units: 'ISO8601',
      default: '2022-01-25/2024-06-02',
      multipleValues: '1',
      nearestValue: '1',
      current: '1',
    });
  });

  it('names the public address of each operation', () => {
    expect(document.match(/xlink:href="https:\/\/mirror.example\/wms\?"/g)).toHaveLength(6);
  });

  it('keeps text text', () => {
    expect(document).toContain('<Title>Maps &amp; more</Title>');
    expect(document).toContain('Mirror &lt;1&gt;');
  });

  it('declares no time where everything is of one moment', () => {
    const [first] = description.layers;
    const moment = new Date('2024-06-02T10:00:00Z');
    const once = { ...first!, extent: { from: moment, to: moment }, hasCloudCover: false };
    expect(writeCapabilities({ ...description, layers: [once] }, DIALECTS['1.3.0'])).not.toContain('<Dimension');
  });

  it('declares cloud cover where there is some (annex C)', () => {
    expect(childrenOf(layers[0], 'Dimension').map(({ attributes }) => attributes.get('name'))).toEqual([
      'time',
      'cloud_cover',
    ]);
    expect(childrenOf(layers[1], 'Dimension')).toHaveLength(1);
  });

  it('tells who the data is from and where its record is', () => {
    expect(textOf(childrenOf(layers[0], 'Identifier')[0])).toBe('EOP:MIRROR:X');
    expect(childrenOf(layers[0], 'MetadataURL')[0]?.attributes.get('type')).toBe('ISO19115:2003');
    expect(document.match(/<AuthorityURL name="EOP">/g)).toHaveLength(1);
  });

  it('has the INSPIRE extension where there is an address to write to, and its name of the default style', () => {
    expect(document).toContain('<inspire_common:EmailAddress>help@mirror.example</inspire_common:EmailAddress>');
    const names = childrenOf(layers[0], 'Style').map((style) => textOf(childrenOf(style, 'Name')[0]));
    expect(names).toEqual(['inspire_common:DEFAULT', 'true-colour']);
    const without = writeCapabilities({ ...description, contact: { organisation: 'x' } }, DIALECTS['1.3.0']);
    expect(without).not.toContain('inspire');
  });

  it('is no larger for an archive of many days', () => {
    const [first] = description.layers;
    const extent = { from: new Date('1980-01-01T00:00:00Z'), to: new Date('2024-06-02T10:00:00Z') };
    const long = writeCapabilities({ ...description, layers: [{ ...first!, extent }] }, DIALECTS['1.3.0']);
    expect(long).toHaveLength(writeCapabilities({ ...description, layers: [first!] }, DIALECTS['1.3.0']).length);
  });
});

describe('writeCapabilities (WMS 1.1.1 annex A)', () => {
  const old = writeCapabilities(description, DIALECTS['1.1.1']);

  it('names its document type and calls things by their names of then', () => {
    expect(old).toContain('<!DOCTYPE WMT_MS_Capabilities SYSTEM "http://schemas.opengis.net/wms/1.1.1/');
    expect(old).toContain('<WMT_MS_Capabilities version="1.1.1" updateSequence="2024-06-01T00:00:00.000Z">');
    expect(old).toContain('<Name>OGC:WMS</Name>');
    expect(old).toContain('<SRS>EPSG:4326</SRS><SRS>EPSG:3857</SRS>');
    expect(old).not.toMatch(/CRS|inspire|MaxWidth/);
  });

  it('has boxes east first, and the values of dimensions apart', () => {
    expect(old).toContain('<LatLonBoundingBox minx="10" miny="47" maxx="12" maxy="48"/>');
    expect(old).toContain('<BoundingBox SRS="EPSG:4326" minx="10" miny="47" maxx="12" maxy="48"/>');
    expect(old).toContain('<Dimension name="time" units="ISO8601"/>');
    expect(old).toMatch(/<Extent name="time" default="2022-01-25\/2024-06-02" [^>]*>2022-01-25\/2024-06-02\/P1D</);
    expect(old).toContain('<MetadataURL type="TC211">');
  });
});

describe('writeServiceException (WMS 1.3.0 annex E)', () => {
  it('has code and locator where there are any', () => {
    const report = writeServiceException(
      { message: 'no <such> layer', code: 'LayerNotDefined', locator: 'LAYERS' },
      '1.3.0',
    );
    expect(report).toContain(
      '<ServiceException code="LayerNotDefined" locator="LAYERS">no &lt;such&gt; layer</ServiceException>',
    );
    expect(writeServiceException({ message: 'x' }, '1.3.0')).toContain('<ServiceException>x</ServiceException>');
  });
});
