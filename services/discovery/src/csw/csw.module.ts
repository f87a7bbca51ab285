import { Module } from '@nestjs/common';
import { AnswerCsw } from './answer-csw.js';
import { CswController } from './csw.controller.js';
import { DescribeCatalogue } from './describe-catalogue.js';
import { FindRecordById } from './find-record-by-id.js';
import { FindRecords } from './find-records.js';
import { HarvestRecord } from './harvest-record.js';
import { KnownRecords } from './known-records.js';
import { PublishRecords } from './publish-records.js';
import { NoRemoteCatalogues, RemoteCatalogues } from './remote-catalogues.js';
import { TransactRecords } from './transact-records.js';

/** `/csw`. Needs the ports ProductCatalog, ProductStore and OutgoingHttp. */
@Module({
  controllers: [CswController],
  providers: [
    AnswerCsw,
    DescribeCatalogue,
    FindRecordById,
    FindRecords,
    HarvestRecord,
    KnownRecords,
    PublishRecords,
    TransactRecords,
    { provide: RemoteCatalogues, useClass: NoRemoteCatalogues },
  ],
})
export class CswModule {}
