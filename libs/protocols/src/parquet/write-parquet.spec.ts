import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { JsonShape } from './json-shape.js';
import { parquetColumn } from './parquet-column.js';
import { writeParquet, type ParquetRow } from './write-parquet.js';

/** What is read back from the file the rows are written to, in groups of three. */
async function throughParquet(rows: readonly ParquetRow[]): Promise<unknown[]> {
  const shape = new JsonShape();
  for (const row of rows) shape.add(row);
  const columns = [...shape.fields].flatMap(([name, field]) => parquetColumn(name, field) ?? []);
  async function* groups() {
    for (let at = 0; at < rows.length; at += 3) yield rows.slice(at, at + 3);
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of writeParquet({ columns, metadata: {}, groups: groups() })) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  return (await parquetReadObjects({ file })).map(tidy);
}

/** Without what Parquet cannot tell from absence, and with whole numbers as numbers. */
function tidy(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map((each) => tidy(each) ?? null);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, field]) => [name, tidy(field)] as const);
  const there = fields.filter(([, field]) => field !== null && field !== undefined);
  return there.length === 0 ? undefined : Object.fromEntries(there);
}

const leaf = {
  // The reader of these tests takes a byte order mark at the start for one; Parquet itself keeps it.
  text: fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed() && !text.startsWith('\uFEFF')),
  whole: fc.maxSafeInteger(),
  real: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
  flag: fc.boolean(),
};
const record = fc.record(
  {
    ...leaf,
    'a.dotted name': fc.integer(),
    words: fc.array(fc.option(leaf.text)),
    rings: fc.array(fc.array(fc.array(leaf.real, { minLength: 1, maxLength: 3 }), { maxLength: 3 }), { maxLength: 3 }),
    files: fc.array(fc.record({ key: leaf.text, size: leaf.whole }, { requiredKeys: ['key'] }), { maxLength: 3 }),
    inner: fc.record({ deep: fc.record(leaf, { requiredKeys: ['text'] }) }, { requiredKeys: ['deep'] }),
  },
  { requiredKeys: ['flag'] },
);

describe('Parquet of JSON rows', () => {
  it('holds nested, optional and repeated values as they were', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 10 }), async (rows) => {
        expect(await throughParquet(rows)).toEqual(rows.map(tidy));
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['numbers and texts', [{ a: 1 }, { a: 'x' }], [{ a: '1' }, { a: '"x"' }]],
    ['whole and broken numbers', [{ a: 1 }, { a: 0.5 }], [{ a: 1 }, { a: 0.5 }]],
    ['a list and a record', [{ a: [1] }, { a: { b: 1 } }], [{ a: '[1]' }, { a: '{"b":1}' }]],
    ['empty records', [{ a: {}, b: 1 }, { b: 2 }], [{ b: 1 }, { b: 2 }]],
    ['empty lists', [{ a: [] }, { a: [] }], [{ a: [] }, { a: [] }]],
    ['names of the language', [{ constructor: 1, hasOwnProperty: 'x' }], [{ constructor: 1, hasOwnProperty: 'x' }]],
  ])('keeps what no column could hold as its text: %s', async (_what, rows, expected) => {
    expect(await throughParquet(rows)).toEqual(expected);
  });

  it('keeps what is nested too deep as its text', async () => {
    const deep = JSON.parse(`${'['.repeat(500)}1${']'.repeat(500)}`) as unknown;
    const [row] = await throughParquet([{ deep }]);
    expect(JSON.stringify(row)).toContain('[[[[');
  });
});
