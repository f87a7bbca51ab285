import { Module } from '@nestjs/common';
import { AnswerWfs } from './answer-wfs.js';
import { FindPage } from './find-page.js';
import { ListFeatureTypes } from './list-feature-types.js';
import { ReadWfsRequest } from './read-wfs-request.js';
import { WfsController } from './wfs.controller.js';

/** `/wfs`. Needs the ports ProductCatalog and CoordinateSystems, and MAP_CONFIG. */
@Module({
  controllers: [WfsController],
  providers: [AnswerWfs, FindPage, ListFeatureTypes, ReadWfsRequest],
  exports: [AnswerWfs, FindPage, ListFeatureTypes, ReadWfsRequest],
})
export class WfsModule {}
