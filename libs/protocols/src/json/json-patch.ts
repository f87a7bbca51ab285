import { z } from 'zod';
import { InvalidError } from '#domain/errors.js';
import { isJsonObject, isSameJson } from './json-value.js';

const pointer = z
  .string()
  .max(2000)
  .regex(/^(\/|$)/, 'must begin with /');
const operation = z.discriminatedUnion('op', [
  z.object({ op: z.enum(['add', 'replace', 'test']), path: pointer, value: z.unknown() }),
  z.object({ op: z.literal('remove'), path: pointer }),
  z.object({ op: z.enum(['move', 'copy']), path: pointer, from: pointer }),
]);
const patchSchema = z.array(operation).max(1000);

type Operation = z.infer<typeof operation>;

/** A JSON Patch applied (RFC 6902), in order; the target stays as it is. Throws InvalidError naming the operation that cannot be done or whose `test` fails. */
export function applyJsonPatch(target: unknown, patch: unknown): unknown {
  const read = patchSchema.safeParse(patch);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new InvalidError(`Not a JSON Patch: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`, {
      subject: 'patch',
    });
  }
  return read.data.reduce<unknown>((document, each, at) => {
    try {
      return applyOperation(document, each);
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      throw new InvalidError(`Operation ${at} of the patch (${each.op} ${each.path}): ${error.message}`, {
        subject: each.path,
        cause: error,
      });
    }
  }, target);
}

function applyOperation(document: unknown, operation: Operation): unknown {
  const path = namesOf(operation.path);
  switch (operation.op) {
    case 'add':
      return written(document, path, { kind: 'add', value: operation.value });
    case 'replace':
      return written(document, path, { kind: 'replace', value: operation.value });
    case 'remove':
      return written(document, path, { kind: 'remove' });
    case 'test':
      if (isSameJson(valueAt(document, path), operation.value)) return document;
      throw new InvalidError('the value is another.');
    case 'copy':
      return written(document, path, { kind: 'add', value: valueAt(document, namesOf(operation.from)) });
    case 'move': {
      if (operation.path.startsWith(`${operation.from}/`)) throw new InvalidError('nothing can be moved into itself.');
      const value = valueAt(document, namesOf(operation.from));
      return written(written(document, namesOf(operation.from), { kind: 'remove' }), path, { kind: 'add', value });
    }
  }
}

/** RFC 6901 §4. */
function namesOf(path: string): readonly string[] {
  const names = path.split('/').slice(1);
  return names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function valueAt(document: unknown, path: readonly string[]): unknown {
  return path.reduce((value, name) => memberOf(value, name), document);
}

function memberOf(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return (value as unknown[])[indexIn(value, name, value.length - 1)];
  if (isJsonObject(value) && Object.hasOwn(value, name)) return value[name];
  throw missing(name);
}

type Change = { readonly kind: 'add' | 'replace'; readonly value: unknown } | { readonly kind: 'remove' };

/** A loop down and one up again: a path may be as long as it likes. */
function written(document: unknown, path: readonly string[], change: Change): unknown {
  const last = path.at(-1);
  if (last === undefined) return change.kind === 'remove' ? null : change.value;
  const parents = path
    .slice(0, -1)
    .reduce<unknown[]>((chain, name) => [...chain, memberOf(chain.at(-1), name)], [document]);
  const changed = changedParent(parents.at(-1), last, change);
  return parents.slice(0, -1).reduceRight<unknown>((inner, parent, at) => {
    return changedParent(parent, path[at] ?? '', { kind: 'replace', value: inner });
  }, changed);
}

function changedParent(parent: unknown, name: string, change: Change): unknown {
  if (Array.isArray(parent)) {
    const list = parent as readonly unknown[];
    if (change.kind === 'add')
      return list.toSpliced(name === '-' ? list.length : indexIn(list, name, list.length), 0, change.value);
    const index = indexIn(list, name, list.length - 1);
    return change.kind === 'remove' ? list.toSpliced(index, 1) : list.with(index, change.value);
  }
  if (!isJsonObject(parent)) throw missing(name);
  const members = new Map(Object.entries(parent));
  if (change.kind !== 'add' && !members.has(name)) throw missing(name);
  if (change.kind === 'remove') members.delete(name);
  else members.set(name, change.value);
  return Object.fromEntries(members);
}

function indexIn(list: readonly unknown[], name: string, most: number): number {
  const index = /^(0|[1-9]\d{0,8})$/.test(name) ? Number(name) : -1;
  if (index < 0 || index > most) throw new InvalidError(`a list of ${list.length} has no place ${name.slice(0, 50)}.`);
  return index;
}

function missing(name: string): InvalidError {
  return new InvalidError(`there is no ${name.slice(0, 100)}.`);
}
