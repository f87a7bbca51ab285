import { describe, expect, it } from '@jest/globals';
import { TILE_MATRIX_SETS, WEB_MERCATOR_QUAD } from '#domain/tiles/tile-matrix-sets.js';
import { parseKvp } from '../ows/kvp.js';
import { parseXml } from '../xml/parse-xml.js';
import { writeCapabilities, type WmtsDescription } from './capabilities.js';
import { parseGetTile, parseTileInfo } from './get-tile-request.js';
import { WmtsError } from './wmts-error.js';
import { kvpOfInfoPath, kvpOfPath, spanOfInfoPath, timeOfSpan } from './wmts-path.js';
import { checkAccepted, isCurrent, parseGetCapabilities, parseWmtsOperation } from './wmts-request.js';

const LAEA = TILE_MATRIX_SETS.get('EuropeanETRS89_LAEAQuad')!;
const TILE =
  'version=1.0.0&layer=a&style=&format=image/png&tilematrixset=WebMercatorQuad&tilematrix=3&tilerow=2&tilecol=4';
const refusal = (work: () => unknown): readonly (string | undefined)[] => {
  try {
    work();
  } catch (error) {
    if (error instanceof WmtsError) return [error.code, error.subject];
    throw error;
  }
  return ['nothing'];
};
const without = (name: string): string => TILE.replace(new RegExp(`(^|&)${name}=[^&]*`), '');

describe('WMTS 1.0.0 (OGC 07-057r7)', () => {
  it.each([
    ['request=GetCapabilities', 'MissingParameterValue', 'service'],
    ['service=WMTS', 'MissingParameterValue', 'request'],
    ['service=WMS&request=GetTile', 'InvalidParameterValue', 'service'],
    ['service=WMTS&request=GetMap', 'InvalidParameterValue', 'request'],
  ])('§8 %s: %s', (query, code, locator) => {
    expect(refusal(() => parseWmtsOperation(parseKvp(query)))).toEqual([code, locator]);
  });

  it.each([
    ['acceptversions=2.0.0', 'VersionNegotiationFailed', undefined],
    ['sections=Bogus', 'InvalidParameterValue', 'sections'],
  ])('§7.1.1 %s: %s', (query, code, locator) => {
    expect(refusal(() => parseGetCapabilities(parseKvp(query)))).toEqual([code, locator]);
  });

  it('§7.1.1.1 compares update sequences', () => {
    expect([isCurrent('2', '2'), isCurrent('1', '2'), isCurrent(undefined, '2')]).toEqual([true, false, false]);
    expect(refusal(() => isCurrent('3', '2'))).toEqual(['InvalidUpdateSequence', undefined]);
  });

  it.each([undefined, '*/*', 'text/xml', 'image/png, application/xml;q=0.5', 'text/*', 'application/atom+xml'])(
    '§10.3 sends the capabilities to who accepts %s',
    (accept) => {
      expect(() => checkAccepted(accept)).not.toThrow();
    },
  );

  it.each(['example/unknown', 'image/png, image/*'])('§10.3 refuses them to who accepts %s alone', (accept) => {
    expect(refusal(() => checkAccepted(accept))).toEqual(['NotAcceptable', 'Accept']);
  });

  it('§7.2.1 reads a tile', () => {
    const tile = parseGetTile(parseKvp(`${TILE.replace('style=', 'style=b')}&time=2024-05`));
    expect(tile).toMatchObject({ layer: 'a', style: 'b', format: 'image/png', place: { row: 2, column: 4 } });
    expect([tile.set.id, tile.matrix.id, tile.time.kind]).toEqual(['WebMercatorQuad', '3', 'values']);
  });

  it.each(['version', 'layer', 'style', 'format', 'tilematrixset', 'tilematrix', 'tilerow', 'tilecol'])(
    '§7.2.1 table 22: %s is mandatory',
    (name) => {
      const [code, locator] = refusal(() => parseGetTile(parseKvp(without(name).replace('style=&', 'style=b&'))));
      expect([code, locator?.toLowerCase()]).toEqual(['MissingParameterValue', name]);
    },
  );

  const STYLED = TILE.replace('style=', 'style=b');
  it.each([
    ['tilerow=2', 'tilerow=8', 'TileOutOfRange', 'TileRow'],
    ['tilecol=4', 'tilecol=8', 'TileOutOfRange', 'TileCol'],
    ['tilecol=4', 'tilecol=-1', 'TileOutOfRange', 'TileCol'],
    ['tilecol=4', `tilecol=${'9'.repeat(250)}`, 'TileOutOfRange', 'TileCol'],
    ['tilecol=4', 'tilecol=NaN', 'InvalidParameterValue', 'TileCol'],
    ['tilecol=4', 'tilecol=1e1', 'InvalidParameterValue', 'TileCol'],
    ['tilematrix=3', 'tilematrix=99', 'InvalidParameterValue', 'TileMatrix'],
    ['tilematrix=3', 'tilematrix=__proto__', 'InvalidParameterValue', 'TileMatrix'],
    ['tilematrixset=WebMercatorQuad', 'tilematrixset=x', 'InvalidParameterValue', 'TileMatrixSet'],
    ['format=image/png', 'format=image/tiff', 'InvalidParameterValue', 'format'],
    ['version=1.0.0', 'version=1.1.0', 'InvalidParameterValue', 'version'],
    ['version=1.0.0', 'version=1.0.0&time=tomorrow', 'InvalidParameterValue', 'Time'],
  ])('§7.2.2 table 23: %s as %s is %s', (part, put, code, locator) => {
    expect(refusal(() => parseGetTile(parseKvp(STYLED.replace(part, put))))).toEqual([code, locator]);
  });

  it('§7.2.2 table 23: fifty thousand times are InvalidParameterValue', () => {
    const times = `${STYLED}&time=${'2024,'.repeat(50_000)}`;
    expect(refusal(() => parseGetTile(parseKvp(times)))).toEqual(['InvalidParameterValue', 'Time']);
  });

  it.each([
    ['I=256&J=0&infoformat=text/plain', 'PointIJOutOfRange', 'I'],
    ['I=0&J=-1&infoformat=text/plain', 'PointIJOutOfRange', 'J'],
    ['I=0&J=0', 'MissingParameterValue', 'infoformat'],
    ['I=0&J=0&infoformat=image/png', 'InvalidParameterValue', 'infoformat'],
  ])('§7.3.2 table 26: %s is %s', (query, code, locator) => {
    expect(refusal(() => parseTileInfo(parseKvp(`${STYLED}&${query}`)))).toEqual([code, locator]);
  });

  it('§10.2 puts a span of time in an address together, and takes a template left as it is for the default', () => {
    const path = { layer: 'a', style: 'b', set: 'WebMercatorQuad', matrix: '3', row: '2', last: '4.png' };
    const span = timeOfSpan({ ...path, from: '2024-05-01', to: '2024-05-31', period: 'P1D' });
    expect(span.time).toBe('2024-05-01/2024-05-31/P1D');
    expect(timeOfSpan({ ...path, from: '2024-05-01', to: '2024-05-31' }).time).toBe('2024-05-01/2024-05-31');
    expect(parseGetTile(kvpOfPath(span)).time.kind).toBe('values');
    for (const time of ['Time', '{Time}']) expect(parseGetTile(kvpOfPath({ ...path, time })).time.kind).toBe('default');
  });

  it('§10.2 reads a RESTful address as the parameters it stands for', () => {
    const path = { layer: 'a', style: 'b', time: 'default', set: 'WebMercatorQuad', matrix: '3', row: '2' };
    expect(parseGetTile(kvpOfPath({ ...path, last: '4.jpg' }))).toMatchObject({
      format: 'image/jpeg',
      time: { kind: 'default' },
      place: { row: 2, column: 4 },
    });
    for (const last of ['4', '4.tiff', '.png'])
      expect(refusal(() => parseGetTile(kvpOfPath({ ...path, last })))).not.toEqual(['nothing']);
  });

  it('§10.2 reads a RESTful address whose time is a span, with its strokes as they are', () => {
    const path = { layer: 'a', style: 'b', set: 'WebMercatorQuad', matrix: '3', row: '2', last: '4.png' };
    const span = { ...path, from: '2024-05-01', to: '2024-06-01', period: 'P1D' };
    const asInfo = { ...span, time: span.from, set: span.to, matrix: 'P1D', row: path.set, column: '3', j: '2' };
    expect(spanOfInfoPath(asInfo)).toMatchObject(span);
    expect(spanOfInfoPath({ ...path, time: 'default', column: '4', j: '1' })).toBeUndefined();
    expect(timeOfSpan(span).time).toBe('2024-05-01/2024-06-01/P1D');
    expect(parseGetTile(kvpOfPath(timeOfSpan(span)))).toMatchObject({ place: { row: 2, column: 4 } });
  });

  it.each([
    ['4.json', 'json'],
    ['4.TXT', 'text'],
    ['4.gml', 'gml'],
  ])('§10.2 reads feature information at a RESTful address ending in %s', (last, form) => {
    const path = { layer: 'a', style: 'b', time: '2024-05-01', set: 'WebMercatorQuad', matrix: '3', row: '2' };
    const { tile, ...pixel } = parseTileInfo(kvpOfInfoPath({ ...path, column: '4', j: '200', last }));
    expect(pixel).toEqual({ row: 200, column: 4, form });
    expect([tile.place, tile.timeText]).toEqual([{ row: 2, column: 4 }, '2024-05-01']);
    expect(refusal(() => parseTileInfo(kvpOfInfoPath({ ...path, column: '4', j: '256', last })))).toEqual([
      'PointIJOutOfRange',
      'J',
    ]);
  });

  describe('capabilities (§7.1.1.2)', () => {
    const description: WmtsDescription = {
      title: 'Tiles',
      abstract: 'Of scenes',
      keywords: [],
      mirror: 'https://mirror.example',
      updateSequence: '7',
      contact: { organisation: 'Us' },
      layers: [
        {
          name: 'sentinel-2-l2a',
          title: 'S2 <L2A>',
          abstract: '',
          keywords: ['x'],
          styles: [{ name: 'true-colour', title: 'True colour' }],
          bbox: [170, -10, -170, 10],
          extent: { from: new Date('2024-05-01T10:00:00.123Z'), to: new Date('2024-05-20T10:00:00.123Z') },
          sets: [LAEA, WEB_MERCATOR_QUAD],
        },
      ],
    };

    it('are what clients need: literal ows prefix, no other, no milliseconds, axes in the order of the authority', () => {
      const text = writeCapabilities(description);
      expect(parseXml(text).name).toBe('Capabilities');
      expect(new Set([...text.matchAll(/<\/?(\w+):/g)].map((match) => match[1]))).toEqual(new Set(['ows']));
      expect(text).toContain('<Value>2024-05-01/2024-05-20/P1D</Value>');
      expect(text).toContain('<ows:SupportedCRS>urn:ogc:def:crs:EPSG::3035</ows:SupportedCRS>');
      expect(text).toContain('<TopLeftCorner>5500000 2000000</TopLeftCorner>');
      expect(text).toContain('<ows:LowerCorner>-180 -10</ows:LowerCorner>');
    });

    it('list the sets of their layers once, and templates of feature information', () => {
      const text = writeCapabilities({ ...description, layers: [...description.layers, ...description.layers] });
      expect(text.match(/<TileMatrixSet><ows:Title>/g)).toHaveLength(2);
      expect(text).toContain('<TileMatrixSetLink><TileMatrixSet>WebMercatorQuad</TileMatrixSet></TileMatrixSetLink>');
      expect(text).toContain('/{Style}/{Time}/{TileMatrixSet}/{TileMatrix}/{TileRow}/{TileCol}/{J}/{I}.json"');
    });

    it('have the sections asked for', () => {
      const { sections } = parseGetCapabilities(parseKvp('sections=Themes,contents'));
      const root = parseXml(writeCapabilities(description, sections));
      expect(root.children.map((child) => (typeof child === 'string' ? child : child.name))).toEqual([
        'Contents',
        'Themes',
      ]);
    });
  });
});
