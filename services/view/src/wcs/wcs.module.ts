import { Module } from '@nestjs/common';
import { AnswerWcs } from './answer-wcs.js';
import { DescribeCoverage } from './describe-coverage.js';
import { FindCoverageSet } from './find-coverage-set.js';
import { FindCoverages } from './find-coverages.js';
import { GetCoverage } from './get-coverage.js';
import { ListCoverages } from './list-coverages.js';
import { StitchMosaic } from './stitch-mosaic.js';
import { WcsController } from './wcs.controller.js';

/** `/wcs`. Needs the ports ProductCatalog, ObjectStore, RasterEngine and CoordinateSystems, and MAP_CONFIG. */
@Module({
  controllers: [WcsController],
  providers: [ListCoverages, DescribeCoverage, FindCoverageSet, FindCoverages, StitchMosaic, GetCoverage, AnswerWcs],
})
export class WcsModule {}
