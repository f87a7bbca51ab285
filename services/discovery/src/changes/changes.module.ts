import { Module } from '@nestjs/common';
import { KnownRecords } from '../csw/known-records.js';
import { KnownCollections } from '../known-collections.js';
import { AnswerOai } from './answer-oai.js';
import { ChangesController } from './changes.controller.js';
import { ListOaiItems } from './list-oai-items.js';
import { OaiController } from './oai.controller.js';

/** `/oai` and `/opensearch/changes`. Needs the ports ProductCatalog and ChangeFeed. */
@Module({
  controllers: [ChangesController, OaiController],
  providers: [AnswerOai, KnownCollections, KnownRecords, ListOaiItems],
})
export class ChangesModule {}
