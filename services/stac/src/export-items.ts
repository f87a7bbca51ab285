import { Injectable } from '@nestjs/common';
import { Readable } from 'node:stream';
import { clientGone } from '#platform/client-gone.js';
import type { Pieces } from '#platform/document-pieces.js';
import type { Product } from '#domain/product/product.js';
import { PublicAddress } from '#platform/public-address.js';
import { sendDocument } from '#platform/send-document.js';
import { exportForm, type ExportForm } from '#protocols/stac/export-form.js';
import { writeItem, type StacItem } from '#protocols/stac/item.js';
import type { ItemSearch } from '#protocols/stac/search-request.js';
import { selectFields } from '#protocols/stac/stac-fields.js';
import { writeItemLines, writeItemStream } from '#protocols/stac/write-export.js';
import { MakeGeoparquet } from './make-geoparquet.js';
import { ReadableArchive } from './readable-archive.js';
import { ReadEveryPage } from './read-every-page.js';
import type { Exchange } from './send-json.js';

/** Answers with all items of a search at once, made while they are sent; nothing is made any more once the client left. */
@Injectable()
export class ExportItems {
  constructor(
    private readonly readEveryPage: ReadEveryPage,
    private readonly makeGeoparquet: MakeGeoparquet,
    private readonly publicAddress: PublicAddress,
    private readonly archive: ReadableArchive,
  ) {}

  /** The form all items are wanted in; undefined where a page is wanted. */
  formAsked({ request }: Exchange): ExportForm | undefined {
    const { f } = request.query as Readonly<Record<string, unknown>>;
    return exportForm(f, request.headers.accept);
  }

  async execute(search: ItemSearch, form: ExportForm, exchange: Exchange): Promise<void> {
    const { request, reply } = exchange;
    const signal = clientGone(reply);
    const address = this.publicAddress.of(request);
    const products = this.readEveryPage.execute(search, limitGiven(exchange), signal);
    void reply.header('Content-Disposition', `attachment; filename="items.${form.ending}"`);
    const { kind, mediaType } = form;
    if (request.method === 'HEAD') {
      await products.next();
      await products.return(undefined);
      // An empty stream: the length is not known, and is not nought.
      await reply.header('Content-Type', mediaType).header('Vary', 'Accept, Accept-Encoding').send(Readable.from([]));
      return;
    }
    const items = itemsOf(products, search, (product) => writeItem(product, address, this.archive.s3));
    const body: Pieces =
      kind === 'parquet'
        ? this.makeGeoparquet.execute(items, address, signal)
        : kind === 'geojson'
          ? writeItemStream(items, { url: `${address}${request.originalUrl}`, address })
          : writeItemLines(items, kind);
    await sendDocument({ body, mediaType, isCompressed: kind === 'parquet' }, request, reply);
  }
}

async function* itemsOf(
  pages: AsyncIterable<readonly Product[]>,
  { fields }: ItemSearch,
  write: (product: Product) => StacItem,
): AsyncGenerator<readonly object[]> {
  for await (const products of pages) {
    const items = products.map(write);
    yield fields === undefined ? items : items.map((item) => selectFields(item, fields));
  }
}

/** As it was sent: that of a page would have its default and its bound. */
function limitGiven({ request }: Exchange): number | undefined {
  const from = (request.method === 'POST' ? request.body : request.query) as { readonly limit?: unknown } | undefined;
  return from?.limit === undefined ? undefined : Number(from.limit);
}
