import { Module } from '@nestjs/common';
import { AcquisitionLifecycle } from './acquisition.lifecycle.js';
import { DrawProduct } from './draw-product.js';
import { DropFolder } from './drop-folder.js';
import { IngestItems } from './ingest-items.js';
import { IngestController } from './ingest.controller.js';
import { IntakeQueue } from './intake-queue.js';
import { MakePictures } from './make-pictures.js';
import { ProcessIntake } from './process-intake.js';
import { ProductReader } from './product-reader.js';
import { ProductTurns } from './product-turns.js';
import { PublishProduct } from './publish-product.js';
import { ReceiveUpload } from './receive-upload.js';
import { RecoverWork } from './recover-work.js';
import { RemoveProduct } from './remove-product.js';
import { Republish } from './republish.js';
import { StoreObjects } from './store-objects.js';
import { WorkFolder } from './work-folder.js';

/** Takes products in: upload, drop folder, verification, storing, publishing, pictures, quarantine. */
@Module({
  controllers: [IngestController],
  providers: [
    AcquisitionLifecycle,
    DrawProduct,
    DropFolder,
    IngestItems,
    IntakeQueue,
    MakePictures,
    ProcessIntake,
    ProductReader,
    ProductTurns,
    PublishProduct,
    ReceiveUpload,
    RecoverWork,
    RemoveProduct,
    Republish,
    StoreObjects,
    WorkFolder,
  ],
})
export class AcquisitionModule {}

// What the all-in-one needs to configure the module; it imports nothing else of a service.
export { ACQUISITION_CONFIG, acquisitionConfig } from './acquisition.config.js';
