import { open } from 'node:fs/promises';
import { Dataset, File, Group } from 'h5wasm/node';
import { InvalidError, NotFoundError, TooLargeError } from '#domain/errors.js';
import type { NetcdfContents, NetcdfSamples, NetcdfValue, NetcdfVariable } from '#domain/ports/netcdf-reader.js';
import { readNetcdfAttributes } from './netcdf-attributes.js';
import { loadHdf5 } from './netcdf-library.js';

const HDF5_SIGNATURE = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1');
const MAX_OBJECTS = 20_000;
const MAX_DEPTH = 16;
const MAX_VALUES = 32e6;

/** Part of a variable along one dimension: from `start` up to `end`, every `step`-th. */
export type NetcdfRange = readonly [start: number, end: number, step: number];

/** An open NetCDF-4 file; close it. Methods throw InvalidError, naming the file, where it is damaged. */
export class NetcdfFile {
  private constructor(
    private readonly file: File,
    private readonly name: string,
  ) {}

  static async open(path: string): Promise<NetcdfFile> {
    const name = path.slice(path.lastIndexOf('/') + 1);
    await checkSignature(path, name);
    await loadHdf5();
    return damaged(name, () => new NetcdfFile(new File(path, 'r'), name));
  }

  close(): void {
    this.file.close();
  }

  contents(): NetcdfContents {
    return damaged(this.name, () => {
      const groups: Record<string, Record<string, NetcdfValue>> = {};
      const variables: NetcdfVariable[] = [];
      for (const { path, item } of walk(this.file)) {
        const attributes = readNetcdfAttributes(item);
        if (item instanceof Group) groups[path] = attributes;
        else if (!isBareDimension(item)) variables.push({ path, shape: item.shape ?? [], attributes });
      }
      return { groups, variables };
    });
  }

  /** Shape and attributes of one variable; throws NotFoundError. */
  variable(path: string): NetcdfVariable {
    return damaged(this.name, () => ({
      path,
      shape: this.dataset(path).shape ?? [],
      attributes: readNetcdfAttributes(this.dataset(path)),
    }));
  }

  /** Samples of a variable or a part of it (one range per dimension), scale and offset applied, NaN for fill values and those outside the valid range. Throws TooLargeError past 32 million. */
  read(path: string, ranges?: readonly NetcdfRange[]): NetcdfSamples {
    return damaged(this.name, () => {
      const dataset = this.dataset(path);
      const shape = ranges?.map(([start, end, step]) => Math.ceil((end - start) / step)) ?? dataset.shape ?? [];
      const count = shape.reduce((product, size) => product * size, 1);
      if (count > MAX_VALUES)
        throw new TooLargeError(`${this.name}: ${path} has ${count} samples; up to ${MAX_VALUES} are read`);
      const raw = ranges === undefined ? dataset.value : dataset.slice(ranges.map((range) => [...range]));
      return { shape, values: scaled(numbers(raw, path), readNetcdfAttributes(dataset)) };
    });
  }

  private dataset(path: string): Dataset {
    const parts = path.split('/').filter((part) => part !== '');
    let at: Group = this.file;
    for (const [index, part] of parts.entries()) {
      const item = child(at, part);
      if (index === parts.length - 1 && item instanceof Dataset) return item;
      if (!(item instanceof Group)) break;
      at = item;
    }
    throw new NotFoundError(`${this.name} has no variable ${path}`, { subject: path });
  }
}

async function checkSignature(path: string, name: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    const start = Buffer.alloc(8);
    const { bytesRead } = await file.read(start, 0, 8, 0);
    if (bytesRead === 0) throw new InvalidError(`${name} is empty`, { subject: name });
    if (start.toString('latin1', 0, 3) === 'CDF')
      throw new InvalidError(`${name} is a classic NetCDF file; NetCDF-4 (HDF5) is read`, { subject: name });
    if (!start.equals(HDF5_SIGNATURE)) throw new InvalidError(`${name} is no NetCDF-4 (HDF5) file`, { subject: name });
  } finally {
    await file.close();
  }
}

/** HDF5 speaks of its own functions; the person wants to know that the file is damaged. */
function damaged<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof InvalidError || cause instanceof NotFoundError || cause instanceof TooLargeError) throw cause;
    const truncated = /truncated/i.test(String((cause as Error | null)?.message));
    throw new InvalidError(`${name} ${truncated ? 'is cut short' : 'is damaged'}: it cannot be read as NetCDF-4`, {
      subject: name,
      cause,
    });
  }
}

/** Real children only: links that lead out of the file, or to data elsewhere, are not followed. */
function child(group: Group, name: string): Group | Dataset | undefined {
  const item = group.get(name);
  if (item instanceof Dataset) return (item.metadata.virtual_sources ?? []).length === 0 ? item : undefined;
  return item instanceof Group ? item : undefined;
}

function* walk(root: Group): Generator<{ path: string; item: Group | Dataset }> {
  const queue: { path: string; item: Group | Dataset; depth: number }[] = [{ path: '', item: root, depth: 0 }];
  for (let seen = 0; queue.length > 0; seen++) {
    const next = queue.shift()!;
    if (seen > MAX_OBJECTS || next.depth > MAX_DEPTH)
      throw new InvalidError('The NetCDF file nests more groups and variables than are read');
    yield next;
    if (!(next.item instanceof Group)) continue;
    for (const name of next.item.keys()) {
      const item = child(next.item, name);
      if (item !== undefined)
        queue.push({ path: next.path === '' ? name : `${next.path}/${name}`, item, depth: next.depth + 1 });
    }
  }
}

/** A dimension without values is stored as a scale whose name says so (netCDF-4 file format, "Dimensions without coordinate variables"). */
function isBareDimension(dataset: Dataset): boolean {
  const name = dataset.attrs['NAME']?.value;
  return typeof name === 'string' && name.startsWith('This is a netCDF dimension but not a netCDF variable');
}

function numbers(raw: unknown, path: string): ArrayLike<number | bigint> {
  if (typeof raw === 'number' || typeof raw === 'bigint') return [raw];
  if (ArrayBuffer.isView(raw) && !(raw instanceof DataView)) return raw as unknown as ArrayLike<number | bigint>;
  throw new InvalidError(`${path} holds no numbers`, { subject: path });
}

function scaled(raw: ArrayLike<number | bigint>, attributes: Readonly<Record<string, NetcdfValue>>): Float64Array {
  const number = (name: string): number | undefined =>
    typeof attributes[name] === 'number' ? attributes[name] : undefined;
  const fill = number('_FillValue');
  const missing = number('missing_value');
  const low = number('valid_min') ?? -Infinity;
  const high = number('valid_max') ?? Infinity;
  const scale = number('scale_factor') ?? 1;
  const offset = number('add_offset') ?? 0;
  const values = new Float64Array(raw.length);
  for (let i = 0; i < values.length; i++) {
    const value = Number(raw[i]);
    values[i] =
      value === fill || value === missing || value < low || value > high ? Number.NaN : value * scale + offset;
  }
  return values;
}
