import { Injectable } from '@nestjs/common';
import type { Kvp } from '#protocols/ows/kvp.js';
import { parseFeatureInfo } from '#protocols/wms/feature-info-request.js';
import { writeFeatureInfo } from '#protocols/wms/feature-info.js';
import { parseGetCapabilities } from '#protocols/wms/wms-request.js';
import { FindFeatures } from '../find-features.js';
import { ListLayers } from '../list-layers.js';
import type { ViewLayer } from '../view-layer.js';
import { DescribeStyles, type StyleAnswer } from '../wms/describe-styles.js';
import { DescribeWms } from '../wms/describe-wms.js';
import { FindInstance, layerNamed } from './find-instance.js';
import type { Instance } from './instance.js';

/** What map clients ask an instance besides maps: its capabilities, legends, and what a map shows at a pixel. */
@Injectable()
export class DescribeInstance {
  constructor(
    private readonly instances: FindInstance,
    private readonly views: ListLayers,
    private readonly maps: DescribeWms,
    private readonly styles: DescribeStyles,
    private readonly features: FindFeatures,
  ) {}

  /** `address` is the public one of the mirror. */
  async capabilities(id: string, kvp: Kvp, address: string): Promise<StyleAnswer> {
    const instance = await this.instances.execute(id);
    const { dialect } = parseGetCapabilities(kvp);
    const service = `${address}/ogc/wms/${encodeURIComponent(id)}?`;
    const shown = { title: instance.title, service, layers: await this.layersOf(instance) };
    const { document } = await this.maps.of(shown, address, dialect);
    return { type: `${dialect.capabilitiesType}; charset=utf-8`, body: document };
  }

  async legend(id: string, kvp: Kvp): Promise<StyleAnswer> {
    return this.styles.legend(kvp, await this.layersOf(await this.instances.execute(id)));
  }

  async featureInfo(id: string, kvp: Kvp, signal: AbortSignal): Promise<StyleAnswer> {
    const { layers } = await this.instances.execute(id);
    const asked = parseFeatureInfo(kvp);
    const named = asked.layers.map(({ name }) => {
      const { collection, rendering } = layerNamed(name, layers);
      return { name: collection, style: '', rendering };
    });
    return writeFeatureInfo(await this.features.execute({ ...asked, layers: named }, signal), asked.form);
  }

  /** Layers of an instance as those of the mirror are. */
  private async layersOf({ layers }: Instance): Promise<readonly ViewLayer[]> {
    const views = (await this.views.execute()).layers;
    return layers.flatMap(({ name, title, collection, rendering }) => {
      const view = views.find((one) => one.name === collection);
      return view === undefined ? [] : [{ ...view, name, title, styles: [rendering] }];
    });
  }
}
