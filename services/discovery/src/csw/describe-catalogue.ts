import { Injectable } from '@nestjs/common';
import { RECORDS } from '#domain/collection/record-collection.js';
import { InvalidError } from '#domain/errors.js';
import { Clock } from '#domain/ports/clock.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { cswCapabilities } from '#protocols/csw/capabilities.js';
import { valuesOf } from '#protocols/csw/compile-constraint.js';
import { invalidValue } from '#protocols/csw/csw-error.js';
import { findCswQueryable } from '#protocols/csw/csw-queryables.js';
import type { CapabilitiesRequest, DomainRequest } from '#protocols/csw/csw-request.js';
import { domainResponse, type PropertyDomain } from '#protocols/csw/domain-response.js';
import { searchDescription } from '#protocols/csw/search-description.js';
import type { Mirror } from '#protocols/links/product-links.js';
import type { XmlMarkup } from '#protocols/xml/xml-element.js';
import { KnownRecords } from './known-records.js';

/** Published records whose values a GetDomain lists. */
const LISTED_RECORDS = 1000;

/** What the catalogue says of itself: capabilities, values of parameters and properties, the description of its search. */
@Injectable()
export class DescribeCatalogue {
  constructor(
    private readonly catalog: ProductCatalog,
    private readonly known: KnownRecords,
    private readonly clock: Clock,
  ) {}

  async capabilities(request: CapabilitiesRequest, mirror: Mirror): Promise<XmlMarkup> {
    const collections = await this.catalog.collections();
    const missions = collections.filter(({ count, collection }) => count > 0 && collection.id !== RECORDS);
    const keywords = [...new Set(missions.map(({ collection }) => collection.mission))];
    return cswCapabilities(request, { mirror, keywords, updated: this.clock.now() });
  }

  /** Values of properties are those of the collections and of the published records; products have too many to list. */
  async domain(request: DomainRequest, mirror: Mirror): Promise<XmlMarkup> {
    const properties = request.propertyNames.length === 0 ? [] : await this.properties(request, mirror);
    return domainResponse(request, properties);
  }

  /** An OpenSearch description whose example is a word that finds something. */
  async searchDescription(mirror: Mirror): Promise<XmlMarkup> {
    const held = await this.known.of(mirror);
    const [published] = held.hasPublished ? await this.published(50) : [];
    const title = (published === undefined ? held.series[0] : held.recordOf(published))?.title ?? 'Sentinel';
    return searchDescription(mirror, title.split(/\s+/)[0] ?? 'Sentinel');
  }

  private async properties(request: DomainRequest, mirror: Mirror): Promise<readonly PropertyDomain[]> {
    const held = await this.known.of(mirror);
    const published = held.hasPublished ? await this.published(LISTED_RECORDS) : [];
    const records = [
      ...held.series,
      ...held.shared.map(({ record }) => record),
      ...published.map((product) => held.recordOf(product)),
    ];
    return request.propertyNames.map((name) => {
      const queryable = queryableOf(name, request);
      const values = new Set(records.flatMap((record) => valuesOf(record, queryable)).map(String));
      values.delete('');
      return { name, values: [...values].toSorted() };
    });
  }

  private async published(limit: number) {
    const page = await this.catalog.search({
      collections: [RECORDS],
      sort: [{ property: 'id', direction: 'asc' }],
      page: { kind: 'number', limit, offset: 0 },
      count: 'none',
    });
    return page.products.filter(({ extra }) => extra['title'] !== undefined || limit > 50);
  }
}

function queryableOf(name: string, { version }: DomainRequest): ReturnType<typeof findCswQueryable> {
  try {
    return findCswQueryable(name);
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    throw invalidValue(version === '2.0.2' ? 'PropertyName' : 'ValueReference', error.message);
  }
}
