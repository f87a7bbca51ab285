import type { Geometry, Position } from '#domain/geometry/geometry.js';
import { xml, XmlText, type XmlValue } from '../xml/xml-template.js';
import type { WritePosition } from './write-position.js';
import type { WfsVersion } from './wfs-version.js';

/** How a geometry is written: 3.2.1 gives every geometry an id below `id`, 3.1.1 none. */
export interface GmlForm {
  readonly version: WfsVersion;
  readonly srsName: string;
  readonly id: string;
  readonly position: WritePosition;
}

/** A geometry in GML 3.2.1 or 3.1.1, of polygons a MultiSurface. Undefined where a position has no place in the system. */
export function writeGml(geometry: Geometry, form: GmlForm): XmlText | undefined {
  switch (geometry.type) {
    case 'Polygon':
      return writeMulti('MultiSurface', 'surfaceMember', surfaces([geometry.coordinates], form), form);
    case 'MultiPolygon':
      return writeMulti('MultiSurface', 'surfaceMember', surfaces(geometry.coordinates, form), form);
    case 'Point':
      return writeSimple('Point', 'pos', [geometry.coordinates], form);
    case 'LineString':
      return writeSimple('LineString', 'posList', geometry.coordinates, form);
    case 'MultiPoint':
      return writeMulti('MultiPoint', 'pointMember', points(geometry.coordinates, form), form);
    case 'MultiLineString':
      return writeMulti('MultiCurve', 'curveMember', lines(geometry.coordinates, form), form);
    case 'GeometryCollection': {
      const members = geometry.geometries.map((part, index) => writeGml(part, below(form, index)));
      return writeMulti('MultiGeometry', 'geometryMember', members, form);
    }
  }
}

type Member = XmlText | undefined;

function surfaces(polygons: readonly (readonly (readonly Position[])[])[], form: GmlForm): readonly Member[] {
  return polygons.map((rings, index) => {
    const written = rings.map((ring) => positionsOf(ring, form));
    if (written.includes(undefined)) return undefined;
    const boundaries = written.map((text, at) => {
      const ring = xml`<gml:LinearRing><gml:posList>${text}</gml:posList></gml:LinearRing>`;
      return at === 0 ? xml`<gml:exterior>${ring}</gml:exterior>` : xml`<gml:interior>${ring}</gml:interior>`;
    });
    return xml`<gml:Polygon${attributes(below(form, index))}>${boundaries}</gml:Polygon>`;
  });
}

function points(positions: readonly Position[], form: GmlForm): readonly Member[] {
  return positions.map((position, index) => writeSimple('Point', 'pos', [position], below(form, index)));
}

function lines(paths: readonly (readonly Position[])[], form: GmlForm): readonly Member[] {
  return paths.map((path, index) => writeSimple('LineString', 'posList', path, below(form, index)));
}

function writeSimple(name: string, list: 'pos' | 'posList', positions: readonly Position[], form: GmlForm): Member {
  const text = positionsOf(positions, form);
  if (text === undefined) return undefined;
  return element(name, attributes(form), new XmlText(`<gml:${list}>${text}</gml:${list}>`));
}

function writeMulti(name: string, member: string, members: readonly Member[], form: GmlForm): Member {
  if (members.includes(undefined)) return undefined;
  const open = new XmlText(`<gml:${member}>`);
  const close = new XmlText(`</gml:${member}>`);
  return element(
    name,
    attributes(form),
    members.map((one) => [open, one, close]),
  );
}

function element(name: string, given: XmlText, content: XmlValue): XmlText {
  return xml`${new XmlText(`<gml:${name}`)}${given}>${content}${new XmlText(`</gml:${name}>`)}`;
}

function attributes({ version, srsName, id }: GmlForm): XmlText {
  const named = version === '2.0.0' ? xml` gml:id="${id}"` : undefined;
  return xml`${named} srsName="${srsName}"`;
}

function below(form: GmlForm, index: number): GmlForm {
  return { ...form, id: `${form.id}.${index + 1}` };
}

function positionsOf(positions: readonly Position[], { position }: GmlForm): string | undefined {
  const written: string[] = [];
  for (const one of positions) {
    const moved = position(one);
    if (moved === undefined) return undefined;
    written.push(`${moved[0]} ${moved[1]}`);
  }
  return written.join(' ');
}
