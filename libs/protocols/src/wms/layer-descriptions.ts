import { writeXml } from '../xml/write-xml.js';
import { el } from '../xml/xml-element.js';
import type { WmsVersion } from './wms-version.js';

const DOCTYPE =
  '<!DOCTYPE WMS_DescribeLayerResponse SYSTEM "http://schemas.opengis.net/wms/1.1.1/WMS_DescribeLayerResponse.dtd">\n';
const NAMESPACES = {
  xmlns: 'http://www.opengis.net/sld',
  'xmlns:se': 'http://www.opengis.net/se',
  'xmlns:xlink': 'http://www.w3.org/1999/xlink',
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  'xsi:schemaLocation': 'http://www.opengis.net/sld http://schemas.opengis.net/sld/1.1.0/DescribeLayer.xsd',
};

/** Writes DescribeLayer (1.1.1 with OGC 02-070 §12.4; 1.3.0 with OGC 05-078r4 §10): each layer is of the coverages in the WCS's series of its name. */
export function writeLayerDescriptions(names: readonly string[], wcs: string, version: WmsVersion): string {
  if (version === '1.1.1') {
    const layers = names.map((name) =>
      el('LayerDescription', { name, owsType: 'WCS', owsURL: wcs }, el('Query', { typeName: name })),
    );
    return writeXml(el('WMS_DescribeLayerResponse', { version }, layers), DOCTYPE);
  }
  const layers = names.map((name) =>
    el(
      'LayerDescription',
      {},
      el('owsType', {}, 'wcs'),
      el('se:OnlineResource', { 'xlink:type': 'simple', 'xlink:href': wcs }),
      el('TypeName', {}, el('se:CoverageName', {}, name)),
    ),
  );
  return writeXml(el('DescribeLayerResponse', NAMESPACES, el('Version', {}, '1.1.0'), layers));
}
