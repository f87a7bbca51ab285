import { Injectable } from '@nestjs/common';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { writeParquet, type ParquetRow } from '#protocols/parquet/write-parquet.js';
import { ItemRowsSchema, writeItemRow } from '#protocols/stac/geoparquet.js';
import type { StacItem } from '#protocols/stac/item.js';
import { writeCollection } from '#protocols/stac/stac-collection.js';
import { spoolLines } from './spool-lines.js';

/** Rows of a row group, and the text of them that may be in memory at once. */
const GROUP = { rows: 2_500, characters: 16_000_000 };

/**
 * Makes stac-geoparquet of items. A column stands for a field of any item, so all are seen before the first is written: they wait on disk
 * until the last byte is sent or the reader leaves. In memory is one row group.
 */
@Injectable()
export class MakeGeoparquet {
  constructor(private readonly catalog: ProductCatalog) {}

  async *execute(
    pages: AsyncIterable<readonly object[]>,
    address: string,
    signal?: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    const schema = new ItemRowsSchema();
    const rows = await spoolLines(rowLines(pages, schema), signal);
    try {
      const ids = schema.collectionIds();
      const summaries = (await this.catalog.collections()).filter(({ collection }) => ids.includes(collection.id));
      const metadata = schema.metadata(summaries.map((summary) => writeCollection(summary, address)));
      yield* writeParquet({ columns: schema.columns(), metadata, groups: groupsOf(rows.read()) });
    } finally {
      await rows.close();
    }
  }
}

async function* rowLines(pages: AsyncIterable<readonly object[]>, schema: ItemRowsSchema): AsyncGenerator<string> {
  for await (const items of pages) {
    for (const item of items) {
      const row = writeItemRow(item as StacItem);
      schema.add(row);
      yield JSON.stringify(row);
    }
  }
}

async function* groupsOf(lines: AsyncIterable<string>): AsyncGenerator<readonly ParquetRow[]> {
  let rows: ParquetRow[] = [];
  let characters = 0;
  for await (const line of lines) {
    rows.push(JSON.parse(line) as ParquetRow);
    characters += line.length;
    if (rows.length < GROUP.rows && characters < GROUP.characters) continue;
    yield rows;
    rows = [];
    characters = 0;
  }
  if (rows.length > 0) yield rows;
}
