import { rename, rm } from 'node:fs/promises';
import { File, type Dataset, type Group } from 'h5wasm/node';
import { InvalidError } from '#domain/errors.js';
import { loadHdf5 } from './netcdf-library.js';

type NumberArray =
  Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

/** A group to be written; variables name dimensions of their own or an outer group. */
export interface NetcdfGroupSource {
  readonly attributes?: Readonly<Record<string, string | number>>;
  /** Length by name. */
  readonly dimensions?: Readonly<Record<string, number>>;
  readonly variables?: Readonly<Record<string, NetcdfVariableSource>>;
  readonly groups?: Readonly<Record<string, NetcdfGroupSource>>;
}

/** A variable to be written, row-major; `_FillValue`, `valid_min` and `valid_max` take the type of its values. */
export interface NetcdfVariableSource {
  readonly dimensions: readonly string[];
  readonly values: NumberArray;
  readonly attributes?: Readonly<Record<string, string | number>>;
}

const CHUNK_ROWS = 128;
const BARE = 'This is a netCDF dimension but not a netCDF variable.';
const OF_VALUE_TYPE = new Set(['_FillValue', 'missing_value', 'valid_min', 'valid_max']);

interface Dimension {
  readonly path: string;
  readonly length: number;
}

/** Writes a small NetCDF-4 file (HDF5 with dimension scales; deflated). It appears complete or not at all. Throws InvalidError for unknown dimensions and wrong lengths. */
export async function writeNetcdf(path: string, root: NetcdfGroupSource): Promise<void> {
  await loadHdf5();
  const partial = `${path}.partial`;
  try {
    const file = new File(partial, 'w', { track_order: true });
    try {
      writeGroup(file, root, new Map());
    } finally {
      file.close();
    }
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}

function writeGroup(group: Group, source: NetcdfGroupSource, outer: ReadonlyMap<string, Dimension>): void {
  const { attributes = {}, variables = {}, groups = {} } = source;
  for (const [name, value] of Object.entries(attributes)) writeAttribute(group, name, value);
  const dimensions = new Map([...outer, ...writeDimensions(group, source)]);
  // Scales first: the others are attached to them.
  const ordered = Object.entries(variables).toSorted(
    ([a], [b]) => Number(dimensions.has(b)) - Number(dimensions.has(a)),
  );
  for (const [name, variable] of ordered) writeVariable(group, name, { variable, dimensions });
  for (const [name, inner] of Object.entries(groups)) writeGroup(group.create_group(name, true), inner, dimensions);
}

function writeDimensions(group: Group, { dimensions = {}, variables = {} }: NetcdfGroupSource): [string, Dimension][] {
  return Object.entries(dimensions).map(([name, length]) => {
    if (variables[name] === undefined) {
      const scale = group.create_dataset({ name, data: new Float32Array(length), shape: [length] });
      scale.make_scale(`${BARE}${String(length).padStart(10)}`);
    }
    return [name, { path: `${group.path === '/' ? '' : group.path}/${name}`, length }];
  });
}

function writeVariable(
  group: Group,
  name: string,
  from: { variable: NetcdfVariableSource; dimensions: ReadonlyMap<string, Dimension> },
): void {
  const { values, attributes = {} } = from.variable;
  const dimensions = from.variable.dimensions.map((dimension) => {
    const found = from.dimensions.get(dimension);
    if (found === undefined)
      throw new InvalidError(`Variable ${name} names the dimension ${dimension}, which there is not`);
    return { ...found, name: dimension };
  });
  const shape = dimensions.map(({ length }) => length);
  if (shape.reduce((product, size) => product * size, 1) !== values.length) {
    throw new InvalidError(`Variable ${name} has ${values.length} values for a shape of ${shape.join(' x ')}`);
  }
  const dataset = group.create_dataset({
    name,
    data: values,
    shape,
    chunks: chunksOf(shape),
    compression: 'gzip',
    compression_opts: 4,
  });
  const isScale = dimensions.length === 1 && dimensions[0]!.name === name;
  if (isScale) dataset.make_scale(name);
  else dimensions.forEach((dimension, index) => dataset.attach_scale(index, dimension.path));
  for (const [key, value] of Object.entries(attributes))
    writeAttribute(dataset, key, value, OF_VALUE_TYPE.has(key) ? values : undefined);
}

/** Some hundred rows to a chunk, so that parts can be read without the whole. */
function chunksOf(shape: readonly number[]): number[] {
  return shape.map((size, index) => (index === shape.length - 2 ? Math.min(size, CHUNK_ROWS) : size));
}

function writeAttribute(item: Group | Dataset, name: string, value: string | number, like?: NumberArray): void {
  if (typeof value === 'string') {
    item.create_attribute(name, value);
    return;
  }
  const data =
    like === undefined ? numberOf(value) : new (like.constructor as new (values: number[]) => NumberArray)([value]);
  item.create_attribute(name, data, [1]);
}

/** As NetCDF writers do: integers as 32 bit, the rest in double precision. */
function numberOf(value: number): NumberArray {
  return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? Int32Array.of(value) : Float64Array.of(value);
}
