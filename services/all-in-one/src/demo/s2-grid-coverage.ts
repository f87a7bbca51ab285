import { el, type XmlMarkup } from '#protocols/xml/xml-element.js';
import { TILE_METRES, type S2Tile } from './s2-tile.js';

/** Where the pixels of an image of a tile lie, as the GMLJP2 box of Sentinel-2 images says it (OGC 05-047r3): the centre of the first, and the steps. */
export function gridCoverage({ zone, west, north }: S2Tile, size: number): XmlMarkup {
  const srsName = `urn:ogc:def:crs:EPSG::326${zone}`;
  const step = Math.round(TILE_METRES / size);
  const grid = el(
    'gml:RectifiedGrid',
    { dimension: 2 },
    el('gml:limits', {}, el('gml:GridEnvelope', {}, el('gml:low', {}, '1 1'), el('gml:high', {}, `${size} ${size}`))),
    el('gml:axisName', {}, 'x'),
    el('gml:axisName', {}, 'y'),
    el(
      'gml:origin',
      {},
      el('gml:Point', { 'gml:id': 'P0001', srsName }, el('gml:pos', {}, `${west + step / 2} ${north - step / 2}`)),
    ),
    el('gml:offsetVector', { srsName }, `${step} 0`),
    el('gml:offsetVector', { srsName }, `0 -${step}`),
  );
  const file = el(
    'gml:File',
    {},
    el('gml:rangeParameters', {}, el('gml:QuantityExtent', { uom: srsName }, 'inapplicable inapplicable')),
    el('gml:fileName', {}, 'gmljp2://codestream/0'),
    el('gml:fileStructure', {}, 'Record Interleaved'),
  );
  const coverage = el(
    'gml:RectifiedGridCoverage',
    { dimension: 2, 'gml:id': 'RGC0001' },
    el('gml:rectifiedGridDomain', {}, grid),
    el('gml:rangeSet', {}, file),
  );
  const bounds = el('gml:boundedBy', {}, el('gml:Null', {}, 'withheld'));
  return el(
    'gml:FeatureCollection',
    { 'xmlns:gml': 'http://www.opengis.net/gml' },
    bounds,
    el('gml:featureMember', {}, el('gml:FeatureCollection', {}, el('gml:featureMember', {}, coverage))),
  );
}
