import { Inject, Injectable } from '@nestjs/common';
import { PLATFORM_CONFIG, type PlatformConfig } from '#platform/platform.config.js';
import type { ResponseDocument } from '#platform/send-document.js';
import { writeWfsCapabilities } from '#protocols/wfs/capabilities.js';
import { writeFeatureSchema } from '#protocols/wfs/feature-schema.js';
import { GEOJSON_TYPE } from '#protocols/wfs/output-formats.js';
import { writeStoredQueries, writeStoredQueryDescriptions } from '#protocols/wfs/stored-queries.js';
import { invalidParameter } from '#protocols/wfs/wfs-error.js';
import type { GetFeatureRequest, WfsRequest } from '#protocols/wfs/wfs-request.js';
import { WFS_VERSIONS } from '#protocols/wfs/wfs-version.js';
import { writeFeatures, writeHits, writeSingleFeature } from '#protocols/wfs/write-features.js';
import { writeGeojson, writeSingleGeojson } from '#protocols/wfs/write-geojson.js';
import type { XmlMarkup } from '#protocols/xml/xml-element.js';
import { writeXml } from '#protocols/xml/write-xml.js';
import { MAP_CONFIG, type MapConfig } from '../view.config.js';
import { FindPage, WHOLE_PAGES, type FeatureDoor } from './find-page.js';
import { ListFeatureTypes } from './list-feature-types.js';

const XML_TYPE = 'text/xml; charset=utf-8';

/** Answers every operation of the feature service with a document. */
@Injectable()
export class AnswerWfs {
  constructor(
    private readonly types: ListFeatureTypes,
    private readonly pages: FindPage,
    @Inject(PLATFORM_CONFIG) private readonly platform: PlatformConfig,
    @Inject(MAP_CONFIG) private readonly config: MapConfig,
  ) {}

  /** Throws WfsError, and as the catalogue does. */
  async execute(request: WfsRequest, door: FeatureDoor, signal?: AbortSignal): Promise<ResponseDocument> {
    switch (request.kind) {
      case 'GetCapabilities':
        return xmlOf(writeWfsCapabilities(request.version, await this.context(door), request.sections));
      case 'DescribeFeatureType':
        return this.schema(request, door);
      case 'ListStoredQueries':
        return xmlOf(writeStoredQueries(await this.names(door)));
      case 'DescribeStoredQueries':
        return xmlOf(writeStoredQueryDescriptions(request.ids, await this.names(door)));
      case 'GetFeature':
        return this.features(request, door, signal);
    }
  }

  private async features(
    request: GetFeatureRequest,
    door: FeatureDoor,
    signal: AbortSignal | undefined,
  ): Promise<ResponseDocument> {
    const page = await this.pages.execute(request, door, signal);
    if (request.form === 'geojson') {
      const body = request.isSingle ? writeSingleGeojson(page) : writeGeojson(page);
      return { body, mediaType: GEOJSON_TYPE };
    }
    const mediaType = WFS_VERSIONS[request.version].gmlFormat;
    if (request.isSingle) return { body: writeSingleFeature(page), mediaType };
    return { body: request.isHits ? writeHits(page) : writeFeatures(page), mediaType };
  }

  private async schema(
    { version, typeNames }: Extract<WfsRequest, { kind: 'DescribeFeatureType' }>,
    door: FeatureDoor,
  ): Promise<ResponseDocument> {
    const known = await this.types.execute(door.collections);
    const unknown = typeNames.find((asked) => !known.some(({ name }) => name === asked));
    if (unknown !== undefined) {
      throw invalidParameter('typeName', `There is no feature type ${unknown.slice(0, 200)}.`);
    }
    const types = typeNames.length === 0 ? known : known.filter(({ name }) => typeNames.includes(name));
    return { ...xmlOf(writeFeatureSchema(version, types)), mediaType: WFS_VERSIONS[version].gmlFormat };
  }

  private async names(door: FeatureDoor): Promise<readonly string[]> {
    return (await this.types.execute(door.collections)).map(({ name }) => name);
  }

  private async context({ address, collections }: FeatureDoor): Promise<Parameters<typeof writeWfsCapabilities>[1]> {
    const mirror = this.platform.FROMBORK_MIRROR;
    const { FROMBORK_CONTACT_ORGANISATION: organisation, FROMBORK_CONTACT_EMAIL: email } = this.config;
    return {
      title: `${mirror} footprints`,
      abstract:
        'Where and when the Sentinel products in this Copernicus mirror were acquired, and what is known of each.',
      keywords: ['Copernicus', 'Sentinel', 'Earth observation', 'footprint', 'infoFeatureAccessService'],
      address,
      organisation: organisation ?? mirror,
      ...(email === undefined ? {} : { email }),
      types: await this.types.execute(collections),
      countDefault: this.config.VIEW_MAX_FEATURES,
      maxWhole: this.config.VIEW_MAX_FEATURES * WHOLE_PAGES,
    };
  }
}

function xmlOf(markup: XmlMarkup): ResponseDocument {
  return { body: writeXml(markup), mediaType: XML_TYPE };
}
