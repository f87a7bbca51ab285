import { Module } from '@nestjs/common';
import { FederationModule } from '../federation/federation.module.js';
import { PeerCatalogues } from '../federation/peer-catalogues.js';
import { AnswerCsw } from './answer-csw.js';
import { CswController } from './csw.controller.js';
import { DescribeCatalogue } from './describe-catalogue.js';
import { FindRecordById } from './find-record-by-id.js';
import { FindRecords } from './find-records.js';
import { HarvestRecord } from './harvest-record.js';
import { KnownRecords } from './known-records.js';
import { PublishRecords } from './publish-records.js';
import { RemoteCatalogues } from './remote-catalogues.js';
import { TransactRecords } from './transact-records.js';

/** `/csw`. Needs the ports ProductCatalog, ProductStore and OutgoingHttp, and what federation needs. */
@Module({
  imports: [FederationModule],
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
    { provide: RemoteCatalogues, useClass: PeerCatalogues },
  ],
})
export class CswModule {}
