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
  ['scaleFactor', 'SCALEFACTOR'],
]);

function values(root: XmlElement, names: ReadonlyMap<string, string>): Pair[] {
  const inside =
    root.name === 'GetCapabilities' ? [] : descendants(root, 'Extension').flatMap((one) => childrenOf(one));
  return [...childrenOf(root), ...inside, ...inside.flatMap((one) => childrenOf(one))].flatMap((element): Pair[] => {
    const name = names.get(element.name);
    const text = textOf(element);
    // A factor of one axis stands beside its axis and is read with it.
    if (name === undefined || text === undefined || isOfAxis(element, root)) return [];
    return [[name, text]];
  });
}

function isOfAxis(element: XmlElement, root: XmlElement): boolean {
  return element.name === 'scaleFactor' && descendants(root, 'ScaleAxis').length > 0;
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

/** Ways to scale by axis: name of an axis's element, the parameter, and the children its value is made of. */
const SCALES = [
  ['ScaleAxis', 'SCALEAXES', ['scaleFactor']],
  ['TargetAxisSize', 'SCALESIZE', ['targetSize']],
  ['TargetAxisExtent', 'SCALEEXTENT', ['low', 'high']],
] as const;

function scaling(root: XmlElement): Pair[] {
  return SCALES.flatMap(([element, parameter, parts]): Pair[] => {
    const axes = descendants(root, element).map((axis) => {
      const value = parts.map((part) => textOf(child(axis, part)) ?? '').join(':');
      return `${textOf(child(axis, 'axis')) ?? ''}(${value})`;
    });
    return axes.length === 0 ? [] : [[parameter, axes.join(',')]];
  });
}

function rangeItems(root: XmlElement): Pair[] {
  const items = descendants(root, 'RangeItem').map((item) => {
    const interval = child(item, 'RangeInterval');
    if (interval === undefined) return textOf(child(item, 'RangeComponent')) ?? '';
    return `${textOf(child(interval, 'startComponent')) ?? ''}:${textOf(child(interval, 'endComponent')) ?? ''}`;
  });
  return items.length === 0 ? [] : [['RANGESUBSET', items.join(',')]];
}
