import { Module } from '@nestjs/common';
import { KnownCollections } from '../known-collections.js';
import { CountFacets } from './count-facets.js';
import { FacetsController } from './facets.controller.js';

/** `/opensearch/facets` and `/opensearch/timeline`. Needs the port ProductCatalog. */
@Module({ controllers: [FacetsController], providers: [CountFacets, KnownCollections] })
export class FacetsModule {}
