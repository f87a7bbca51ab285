import { Injectable } from '@nestjs/common';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline as piped } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { writeParquet, type ParquetRow } from '#protocols/parquet/write-parquet.js';
import { ItemRowsSchema, writeItemRow } from '#protocols/stac/geoparquet.js';
import type { StacItem } from '#protocols/stac/item.js';
import { writeCollection } from '#protocols/stac/stac-collection.js';

/** Rows of a row group, and the text of them that may be in memory at once. */
const GROUP = { rows: 2_500, characters: 16_000_000 };

const QUICKLY = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/**
 * Makes stac-geoparquet of items. A column stands for a field of any item, so all are seen before the first is written: they wait in a compressed file that
 * is removed with the last byte or when the reader leaves. In memory is one row group.
 */
@Injectable()
export class MakeGeoparquet {
  constructor(private readonly catalog: ProductCatalog) {}

  async *execute(
    pages: AsyncIterable<readonly object[]>,
    address: string,
    signal?: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    const folder = await mkdtemp(join(tmpdir(), 'frombork-export-'));
    try {
      const file = join(folder, 'rows');
      const schema = new ItemRowsSchema();
      const options = signal === undefined ? {} : { signal };
      await pipeline(rowLines(pages, schema), createZstdCompress(QUICKLY), createWriteStream(file), options);
      const ids = schema.collectionIds();
      const summaries = (await this.catalog.collections()).filter(({ collection }) => ids.includes(collection.id));
      const metadata = schema.metadata(summaries.map((summary) => writeCollection(summary, address)));
      yield* writeParquet({ columns: schema.columns(), metadata, groups: groupsOf(file) });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

async function* rowLines(pages: AsyncIterable<readonly object[]>, schema: ItemRowsSchema): AsyncGenerator<string> {
  for await (const items of pages) {
    for (const item of items) {
      const row = writeItemRow(item as StacItem);
      schema.add(row);
      yield `${JSON.stringify(row)}\n`;
    }
  }
}

async function* groupsOf(file: string): AsyncGenerator<readonly ParquetRow[]> {
  const text = piped(createReadStream(file), createZstdDecompress(), () => undefined);
  let rows: ParquetRow[] = [];
  let characters = 0;
  for await (const line of createInterface({ input: text, crlfDelay: Infinity })) {
    rows.push(JSON.parse(line) as ParquetRow);
    characters += line.length;
    if (rows.length < GROUP.rows && characters < GROUP.characters) continue;
    yield rows;
    rows = [];
    characters = 0;
  }
  if (rows.length > 0) yield rows;
}
