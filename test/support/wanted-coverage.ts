// What is wanted of a coverage of WCS 2.0, in key-value pairs and in elements that say the same (scal, rsub, int and crs are the extensions' namespaces).
const METHOD = 'http://www.opengis.net/def/interpolation/OGC/1';

/** What is wanted of a coverage, in key-value pairs and in elements that say the same. */
export interface Wanted {
  readonly pairs: string;
  /** Within `wcs:Extension`. */
  readonly elements: string;
  readonly trims?: string;
}

const of = (parameter: string, value: string, elements: string): Wanted => ({
  pairs: `${parameter}=${encodeURIComponent(value)}`,
  elements,
});

/** Several wishes in one request. */
export const together = (...wanted: readonly Wanted[]): Wanted => ({
  pairs: wanted.map(({ pairs }) => pairs).join('&'),
  elements: wanted.map(({ elements }) => elements).join(''),
  trims: wanted.map(({ trims = '' }) => trims).join(''),
});

/** Values by the name of an axis or a parameter. */
export type ByAxis = Readonly<Record<string, string>>;
const perAxis = (values: ByAxis, element: (axis: string, value: string) => string): string =>
  Object.entries(values)
    .map(([axis, value]) => element(axis, value))
    .join('');
const listed = (values: ByAxis): string => perAxis(values, (axis, value) => `,${axis}(${value})`).slice(1);

/** One factor for all axes (OGC 12-039 table 3). */
export const factor = (value: string): Wanted =>
  of('SCALEFACTOR', value, `<scal:ScaleByFactor><scal:scaleFactor>${value}</scal:scaleFactor></scal:ScaleByFactor>`);

/** A factor for each axis (OGC 12-039 table 4). */
export const factors = (values: ByAxis): Wanted => {
  const one = (axis: string, value: string): string =>
    `<scal:ScaleAxis><scal:axis>${axis}</scal:axis><scal:scaleFactor>${value}</scal:scaleFactor></scal:ScaleAxis>`;
  const elements = `<scal:ScaleAxesByFactor>${perAxis(values, one)}</scal:ScaleAxesByFactor>`;
  return of('SCALEAXES', listed(values), elements);
};

/** How many cells along each axis (OGC 12-039 table 5). */
export const size = (values: ByAxis): Wanted => {
  const one = (axis: string, value: string): string =>
    `<scal:TargetAxisSize><scal:axis>${axis}</scal:axis><scal:targetSize>${value}</scal:targetSize></scal:TargetAxisSize>`;
  return of('SCALESIZE', listed(values), `<scal:ScaleToSize>${perAxis(values, one)}</scal:ScaleToSize>`);
};

/** The grid along each axis, as `low:high` (OGC 12-039 table 6). */
export const extent = (values: ByAxis): Wanted => {
  const one = (axis: string, value: string): string => {
    const [low = '', high = ''] = value.split(':');
    return `<scal:TargetAxisExtent><scal:axis>${axis}</scal:axis><scal:low>${low}</scal:low><scal:high>${high}</scal:high></scal:TargetAxisExtent>`;
  };
  return of('SCALEEXTENT', listed(values), `<scal:ScaleToExtent>${perAxis(values, one)}</scal:ScaleToExtent>`);
};

/** Fields by name, or from one to another as `from:to` (OGC 12-040). */
export const fields = (...items: readonly string[]): Wanted => {
  const elements = items.map((item) => {
    const [start, end] = item.split(':');
    return end === undefined
      ? `<rsub:RangeItem><rsub:RangeComponent>${item}</rsub:RangeComponent></rsub:RangeItem>`
      : `<rsub:RangeItem><rsub:RangeInterval><rsub:startComponent>${start}</rsub:startComponent><rsub:endComponent>${end}</rsub:endComponent></rsub:RangeInterval></rsub:RangeItem>`;
  });
  return of('RANGESUBSET', items.join(','), `<rsub:RangeSubset>${elements.join('')}</rsub:RangeSubset>`);
};

/** A method of interpolation by its last word (OGC 12-049). */
export const method = (name: string): Wanted => {
  const elements = `<int:Interpolation><int:globalInterpolation>${METHOD}/${name}</int:globalInterpolation></int:Interpolation>`;
  return of('INTERPOLATION', `${METHOD}/${name}`, elements);
};

/** `subsettingCrs` and `outputCrs` (OGC 11-053r1). */
export const systems = (names: ByAxis): Wanted => ({
  pairs: Object.entries(names)
    .map(([name, crs]) => `${name.toUpperCase()}=${encodeURIComponent(crs)}`)
    .join('&'),
  elements: `<crs:GetCoverageCrs>${perAxis(names, (name, crs) => `<crs:${name}>${crs}</crs:${name}>`)}</crs:GetCoverageCrs>`,
});

/** A cut along one axis (OGC 09-110r4 §8.4.1). */
export const trim = (axis: string, low: number, high: number): Wanted => ({
  pairs: `SUBSET=${axis}(${low},${high})`,
  elements: '',
  trims: `<wcs:DimensionTrim><wcs:Dimension>${axis}</wcs:Dimension><wcs:TrimLow>${low}</wcs:TrimLow><wcs:TrimHigh>${high}</wcs:TrimHigh></wcs:DimensionTrim>`,
});
