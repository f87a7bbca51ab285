import type { CatalogChange } from '#domain/catalog/catalog-change.js';
import type { ChangeFeed } from '#domain/ports/change-feed.js';
import type { ProductCatalog } from '#domain/ports/product-catalog.js';
import type { Product, ProductKey } from '#domain/product/product.js';

/** A copy of the catalogue that knows nothing but the change feed. */
export class CatalogueReplica {
  private readonly products = new Map<string, Product>();
  private position: string | undefined;

  constructor(
    private readonly feed: ChangeFeed,
    private readonly limit = 100,
  ) {}

  /** Reads one page; whether there is more. */
  async step(seen: CatalogChange[] = []): Promise<boolean> {
    const after = this.position === undefined ? {} : { after: this.position };
    const page = await this.feed.read({ ...after, limit: this.limit });
    for (const change of page.changes) this.apply(change);
    seen.push(...page.changes);
    this.position = page.position;
    return page.hasMore;
  }

  /** Reads to the end; what it read. */
  async follow(): Promise<readonly CatalogChange[]> {
    const seen: CatalogChange[] = [];
    while (await this.step(seen));
    return seen;
  }

  /** Another one that stands where this stands. */
  copy(): CatalogueReplica {
    const copy = new CatalogueReplica(this.feed, this.limit);
    for (const [key, product] of this.products) copy.products.set(key, product);
    copy.position = this.position;
    return copy;
  }

  /** What it holds, in the order of names. */
  content(): readonly Product[] {
    return inOrder([...this.products.values()]);
  }

  /** The same of a catalogue. */
  static async contentOf(catalog: ProductCatalog): Promise<readonly Product[]> {
    const { products } = await catalog.search({ page: { kind: 'number', limit: 10_000, offset: 0 } });
    return inOrder(products);
  }

  private apply(change: CatalogChange): void {
    if (change.kind === 'deleted') this.products.delete(keyText(change.tombstone));
    else this.products.set(keyText(change.product), change.product);
  }
}

function inOrder(products: readonly Product[]): readonly Product[] {
  return products.toSorted((a, b) => keyText(a).localeCompare(keyText(b)));
}

function keyText({ collection, id }: ProductKey): string {
  return `${collection}/${id}`;
}
