import { Inject, Injectable } from '@nestjs/common';
import type { S3Archive } from '#protocols/stac/s3-archive.js';
import { EXPORT_CONFIG, type ExportConfig } from './stac.config.js';

/** Whether readers may read the archive's objects themselves, and where. */
@Injectable()
export class ReadableArchive {
  readonly s3: S3Archive | undefined;

  constructor(@Inject(EXPORT_CONFIG) { STAC_S3_ENDPOINT, STAC_S3_BUCKET, STAC_S3_REGION }: ExportConfig) {
    this.s3 =
      STAC_S3_ENDPOINT === undefined
        ? undefined
        : { endpoint: STAC_S3_ENDPOINT, bucket: STAC_S3_BUCKET, region: STAC_S3_REGION };
  }
}
