import { Module } from '@nestjs/common';
import { AnnounceHarvest } from './announce-harvest.js';
import { AskUpstream } from './ask-upstream.js';
import { HarvestWorker } from './harvest-worker.js';
import { HarvestsController } from './harvests.controller.js';
import { PublishHarvest } from './publish-harvest.js';
import { RunHarvest } from './run-harvest.js';
import { StartHarvest } from './start-harvest.js';

/** Takes over from other catalogues. Needs the ports ProductCatalog, ProductStore, HarvestStore and OutgoingHttp, and the federation's configuration. */
@Module({
  controllers: [HarvestsController],
  providers: [AnnounceHarvest, AskUpstream, HarvestWorker, PublishHarvest, RunHarvest, StartHarvest],
  exports: [AskUpstream, StartHarvest],
})
export class FederationModule {}
