import { Inject, Injectable } from '@nestjs/common';
import { RasterEngine } from '#domain/ports/raster-engine.js';
import { PLATFORM_CONFIG, type PlatformConfig } from '#platform/platform.config.js';
import { writeCapabilities20 } from '#protocols/wcs/capabilities-20.js';
import type { WcsContext } from '#protocols/wcs/capabilities-context.js';
import { writeCoverageSet } from '#protocols/wcs/coverage-set.js';
import { coverageDescriptions } from '#protocols/wcs/describe-20.js';
import { writeCapabilities10, writeDescription10 } from '#protocols/wcs/documents-10.js';
import { writeCapabilities11, writeDescriptions11 } from '#protocols/wcs/documents-11.js';
import { wantedSections } from '#protocols/wcs/wanted-sections.js';
import type { WcsRequest } from '#protocols/wcs/wcs-request.js';
import { familyOf } from '#protocols/wcs/wcs-version.js';
import type { XmlMarkup } from '#protocols/xml/xml-element.js';
import { MAP_CONFIG, type MapConfig } from '../view.config.js';
import { FindCoverages } from './find-coverages.js';
import { COUNT_DEFAULT, FindCoverageSet } from './find-coverage-set.js';
import { ListCoverages, type CoverageList } from './list-coverages.js';

type DocumentRequest = Exclude<WcsRequest, { kind: 'GetCoverage' }>;

/** Answers every request but GetCoverage: documents. */
@Injectable()
export class AnswerWcs {
  constructor(
    private readonly list: ListCoverages,
    private readonly coverages: FindCoverages,
    private readonly sets: FindCoverageSet,
    private readonly engine: RasterEngine,
    @Inject(PLATFORM_CONFIG) private readonly platform: PlatformConfig,
    @Inject(MAP_CONFIG) private readonly config: MapConfig,
  ) {}

  /** `address` is the public one of the mirror. */
  async execute(request: DocumentRequest, address: string, signal: AbortSignal): Promise<XmlMarkup> {
    switch (request.kind) {
      case 'GetCapabilities':
        return this.capabilities(request, address);
      case 'DescribeCoverage':
        return this.descriptions(request, address, signal);
      case 'DescribeEOCoverageSet':
        return writeCoverageSet(await this.sets.execute(request, address, signal), request.sections);
    }
  }

  private async capabilities(
    request: Extract<WcsRequest, { kind: 'GetCapabilities' }>,
    address: string,
  ): Promise<XmlMarkup> {
    const { mosaics, ...context } = await this.context(address);
    const sections = wantedSections(request, context.updateSequence);
    const { version } = request;
    switch (familyOf(version)) {
      case '1.0':
        return writeCapabilities10({ ...context, coverages: [...context.coverages, ...mosaics] }, sections);
      case '1.1':
        return writeCapabilities11({ ...context, coverages: [...context.coverages, ...mosaics] }, version, sections);
      case '2.0':
        return writeCapabilities20(context, sections);
    }
  }

  /** 1.0 describes all it lists where none is named (OGC 03-065r6 §8.2). */
  private async descriptions(
    { version, ids, isCore }: Extract<WcsRequest, { kind: 'DescribeCoverage' }>,
    address: string,
    signal: AbortSignal,
  ): Promise<XmlMarkup> {
    const all = ids.length > 0 ? ids : (await this.list.execute()).coverages.map(({ id }) => id);
    const held = await this.coverages.execute(all, address, signal);
    const coverages = held.map(({ coverage }) => coverage);
    switch (familyOf(version)) {
      case '1.0':
        return writeDescription10(coverages);
      case '1.1':
        return writeDescriptions11(coverages, version);
      case '2.0':
        return coverageDescriptions(coverages, isCore);
    }
  }

  /** Mosaics are listed for clients that can only choose from a list; for those of 2.0 they are named by rule. */
  private async context(address: string): Promise<WcsContext & Pick<CoverageList, 'mosaics'>> {
    const { coverages, mosaics, series, sequence } = await this.list.execute();
    const mirror = this.platform.FROMBORK_MIRROR;
    const { FROMBORK_CONTACT_ORGANISATION: organisation, FROMBORK_CONTACT_EMAIL: email } = this.config;
    return {
      title: `${mirror} coverages`,
      abstract:
        'Samples of the Sentinel products in this Copernicus mirror, as they are or cut, scaled and warped. The scenes of a series and a day or month, stitched, are the coverages <series>.<yyyy-mm-dd> and <series>.<yyyy-mm>.',
      keywords: ['Copernicus', 'Sentinel', 'Earth observation', 'WCS', 'EO-WCS'],
      address: `${address}/wcs?`,
      updateSequence: sequence,
      organisation: organisation ?? mirror,
      ...(email === undefined ? {} : { email }),
      coverages,
      mosaics,
      series,
      maxSamples: this.engine.maxCoverageSamples,
      countDefault: COUNT_DEFAULT,
    };
  }
}
