import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { own, type ParquetColumn } from './parquet-column.js';

/** A row, as JSON has it. */
export type ParquetRow = Readonly<Record<string, unknown>>;

/** What a Parquet file is made of: its columns, what its footer says beside, and rows, as many at once as a row group has. */
export interface ParquetFile {
  readonly columns: readonly ParquetColumn[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly groups: AsyncIterable<readonly ParquetRow[]>;
}

/** Nobody looks for rows by the least and greatest of what lies deeper than the sides of a box. */
const LEAVES_OF_A_BOX = 5;

/** Writes a Parquet file group by group: no more than one is in memory. */
export async function* writeParquet({ columns, metadata, groups }: ParquetFile): AsyncGenerator<Uint8Array> {
  const bytes = new DrainedWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [{ name: 'schema', num_children: columns.length }, ...columns.flatMap(({ elements }) => elements)],
    kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value: JSON.stringify(value) })),
    createdBy: 'Frombork',
  });
  for await (const rows of groups) {
    const columnData = columns.map((column) => ({
      name: column.name,
      data: rows.map((row) => column.encode(own(row, column.name))),
      offsetIndex: false,
      statistics: column.elements.length <= LEAVES_OF_A_BOX,
    }));
    await writer.write({ columnData, rowGroupSize: rows.length });
    yield bytes.drain();
  }
  await writer.finish();
  yield bytes.drain();
}

/** Gives away what was written, and goes on counting. */
class DrainedWriter extends ByteWriter {
  drain(): Uint8Array {
    const written = this.getBytes().slice();
    this.index = 0;
    return written;
  }
}
