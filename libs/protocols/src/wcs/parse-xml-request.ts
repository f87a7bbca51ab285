import type { XmlElement } from '../xml/xml-element.js';
import { attribute, child, childrenOf, descendants, textOf } from '../xml/xml-path.js';
import { RequestParameters } from './request-parameters.js';

type Pair = readonly [name: string, value: string];

/** An XML request of any version (OGC 09-148r1 and the extensions' own elements) as parameters of the same meaning. */
export function xmlParameters(root: XmlElement): RequestParameters {
  const head: Pair[] = [['REQUEST', root.name]];
  for (const name of ['service', 'version']) {
    const value = attribute(root, name);
    if (value !== undefined) head.push([name, value]);
  }
  return new RequestParameters([
    ...head,
    ...joined(root, 'AcceptVersions', 'Version', 'ACCEPTVERSIONS'),
    ...joined(root, 'Sections', 'Section', 'SECTIONS'),
    ...joined(root, 'sections', 'Section', 'SECTIONS'),
    ...list(root, ['CoverageId', 'Identifier'], 'COVERAGEID'),
    ...list(root, ['eoId'], 'EOID'),
    ...values(root, PLAIN),
    ...subsets(root),
    ...scaling(root),
    ...rangeItems(root),
  ]);
}

const PLAIN: ReadonlyMap<string, string> = new Map([
  ['format', 'FORMAT'],
  ['mediaType', 'MEDIATYPE'],
  ['containment', 'CONTAINMENT'],
  ['count', 'COUNT'],
  ['subsettingCrs', 'SUBSETTINGCRS'],
  ['outputCrs', 'OUTPUTCRS'],
  ['globalInterpolation', 'INTERPOLATION'],
]);

function values(root: XmlElement, names: ReadonlyMap<string, string>): Pair[] {
  const inside =
    root.name === 'GetCapabilities' ? [] : descendants(root, 'Extension').flatMap((one) => childrenOf(one));
  return [...childrenOf(root), ...inside, ...inside.flatMap((one) => childrenOf(one))].flatMap((element): Pair[] => {
    const name = names.get(element.name);
    const text = textOf(element);
    return name === undefined || text === undefined ? [] : [[name, text]];
  });
}

function joined(root: XmlElement, list: string, item: string, name: string): Pair[] {
  const found = child(root, list);
  return found === undefined
    ? []
    : [
        [
          name,
          childrenOf(found, item)
            .map((one) => textOf(one) ?? '')
            .join(','),
        ],
      ];
}

function list(root: XmlElement, names: readonly string[], as: string): Pair[] {
  const found = childrenOf(root).filter(({ name }) => names.includes(name));
  return found.length === 0 ? [] : [[as, found.map((one) => textOf(one) ?? '').join(',')]];
}

function subsets(root: XmlElement): Pair[] {
  return childrenOf(root).flatMap((element): Pair[] => {
    const text = (name: string): string => textOf(child(element, name)) ?? '*';
    const axis = text('Dimension');
    if (element.name === 'DimensionTrim') return [['SUBSET', `${axis}(${text('TrimLow')},${text('TrimHigh')})`]];
    return element.name === 'DimensionSlice' ? [['SUBSET', `${axis}(${text('SlicePoint')})`]] : [];
  });
}

/** Ways to scale by axis: name of its element, the parameter, the element of an axis and the children its value is made of. */
const SCALES = [
  ['ScaleAxesByFactor', 'SCALEAXES', 'ScaleAxis', ['scaleFactor']],
  ['ScaleToSize', 'SCALESIZE', 'TargetAxisSize', ['targetSize']],
  ['ScaleToExtent', 'SCALEEXTENT', 'TargetAxisExtent', ['low', 'high']],
] as const;

/** A pair for each way there is, an empty one too, so that what is refused of parameters is refused of elements. */
function scaling(root: XmlElement): Pair[] {
  const uniform = descendants(root, 'ScaleByFactor').map((one): Pair => [
    'SCALEFACTOR',
    textOf(child(one, 'scaleFactor')) ?? '',
  ]);
  const byAxis = SCALES.flatMap(([way, parameter, axis, parts]) =>
    descendants(root, way).map((one): Pair => {
      const axes = childrenOf(one, axis).map((element) => {
        const value = parts.map((part) => textOf(child(element, part)) ?? '').join(':');
        return `${textOf(child(element, 'axis')) ?? ''}(${value})`;
      });
      return [parameter, axes.join(',')];
    }),
  );
  return [...uniform, ...byAxis];
}

function rangeItems(root: XmlElement): Pair[] {
  const items = descendants(root, 'RangeItem').map((item) => {
    const interval = child(item, 'RangeInterval');
    if (interval === undefined) return textOf(child(item, 'RangeComponent')) ?? '';
    return `${textOf(child(interval, 'startComponent')) ?? ''}:${textOf(child(interval, 'endComponent')) ?? ''}`;
  });
  return items.length === 0 ? [] : [['RANGESUBSET', items.join(',')]];
}
