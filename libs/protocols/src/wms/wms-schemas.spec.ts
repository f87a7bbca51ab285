import { afterAll, describe, expect, it } from '@jest/globals';
import { openStandardSchemas } from '#test/support/standard-schemas.js';
import { writeCapabilities } from './capabilities.js';
import { writeLayerDescriptions } from './layer-descriptions.js';
import { writeServiceException } from './service-exception.js';
import type { WmsDescription, WmsLayer } from './wms-description.js';
import { DIALECTS, type WmsVersion } from './wms-version.js';

const schemas = openStandardSchemas(['wms/1.1.1', 'wms/1.3.0', 'sld/1.1.0']);
afterAll(() => schemas?.remove());

const layer: WmsLayer = {
  name: 'sentinel-2-l2a',
  title: 'Sentinel-2',
  abstract: 'Scenes & <masks>',
  keywords: ['land'],
  styles: [{ name: 'ndvi', title: 'NDVI', description: 'Greenness', legend: { width: 120, height: 90 } }],
  bbox: [10, 47, 12, 48],
  extent: { from: new Date('2022-01-25T15:17:01.024Z'), to: new Date('2024-06-02T10:00:00Z') },
  hasCloudCover: true,
  attribution: { title: 'Somebody', address: 'https://example.org/terms' },
  identifier: 'EOP:MIRROR:S2_MSI_L2A',
  metadataAddress: 'https://mirror.example/csw?ID=EOP%3AMIRROR%3AS2_MSI_L2A&OUTPUTSCHEMA=x',
};
const description: WmsDescription = {
  title: 'Maps & more',
  abstract: 'x',
  keywords: ['Sentinel'],
  address: 'https://mirror.example/wms?',
  updateSequence: '2024-06-01T00:00:00.000Z',
  crs: ['CRS:84', 'EPSG:4326', 'EPSG:3857'],
  contact: { organisation: 'Mirror', email: 'help@mirror.example' },
  layers: [layer, { ...layer, name: 'radar', hasCloudCover: false, keywords: [], styles: [] }],
  authorityAddress: 'https://mirror.example/csw?',
};
const { email: _email, ...nameless } = description.contact;

const XSD = 'http://schemas.opengis.net/wms/1.3.0';
const INSPIRE_XSD = 'http://inspire.ec.europa.eu/schemas/inspire_vs/1.0/inspire_vs.xsd';
const capabilities = (version: WmsVersion, change: Partial<WmsDescription> = {}): string =>
  writeCapabilities({ ...description, ...change }, DIALECTS[version]);

/** xmllint takes one schema, and that of INSPIRE brings those of WMS and SLD. */
const DOCUMENTS: readonly (readonly [title: string, document: string, schema: string | undefined])[] = [
  ['capabilities 1.1.1, annex A.1', capabilities('1.1.1'), undefined],
  ['capabilities 1.1.1 of an empty archive', capabilities('1.1.1', { layers: [], contact: nameless }), undefined],
  [
    'an exception of 1.1.1, annex A.2',
    writeServiceException({ message: '<x>', code: 'InvalidSRS' }, '1.1.1'),
    undefined,
  ],
  ['DescribeLayer of 1.1.1', writeLayerDescriptions(['a', 'b'], 'https://mirror.example/wcs?', '1.1.1'), undefined],
  ['capabilities 1.3.0 with INSPIRE', capabilities('1.3.0'), INSPIRE_XSD],
  ['capabilities 1.3.0', capabilities('1.3.0', { contact: nameless, layers: [] }), INSPIRE_XSD],
  [
    'an exception of 1.3.0, annex E.2',
    writeServiceException({ message: '<x>', code: 'InvalidCRS', locator: 'CRS' }, '1.3.0'),
    `${XSD}/exceptions_1_3_0.xsd`,
  ],
];

describe('documents after the schemas of the standards', () => {
  (schemas ? it : it.skip).each(DOCUMENTS)('%s', (_title, document, schema) => {
    expect(schemas!.faults(document, schema)).toBe('');
  });

  (schemas ? it : it.skip)('finds what is wrong', () => {
    expect(schemas!.faults(capabilities('1.1.1').replace('<Name>OGC:WMS</Name>', ''))).toContain('Service');
    const wrong = capabilities('1.3.0').replace('inspire_common:MetadataDate', 'inspire_common:Date');
    expect(schemas!.faults(wrong.replace('/inspire_common:MetadataDate', '/inspire_common:Date'), INSPIRE_XSD)).toContain('Date'); // prettier-ignore
  });
});
