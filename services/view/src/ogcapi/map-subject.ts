import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { parseTileSearch } from '#protocols/tiles/tile-search.js';
import type { MapPath } from '#protocols/tiles/map-link.js';
import { parseTime, type TimeSelection } from '#protocols/wms/time-dimension.js';
import { ListLayers } from '../list-layers.js';
import type { ProductChoice } from '../map-request.js';

/** What a map or its tiles are drawn from. */
export interface MapSubject {
  /** Bottom to top. */
  readonly collections: readonly string[];
  readonly style: string;
  readonly time: TimeSelection;
  readonly only?: ProductChoice;
}

/** Parameters that choose what is drawn; they stay in the addresses of documents. */
const CHOOSING = ['datetime', 'collections', 'ids', 'filter', 'filter-lang', 'bbox'];
/** Most collections of the dataset drawn unless some are named. */
const MOST = 10;

/** Reads from an address what is to be drawn: a collection, an item, or what the parameters choose of the dataset. */
@Injectable()
export class ReadMapSubject {
  constructor(private readonly layers: ListLayers) {}

  /** `leaveOut` are parameters that mean something else here. Throws InvalidError and WmsError. */
  async execute(path: MapPath, request: FastifyRequest, leaveOut: readonly string[] = []): Promise<MapSubject> {
    const query = choiceOf(request, leaveOut);
    const time = parseTime(query.get('datetime') ?? undefined);
    const { collection, item, style = 'default' } = path;
    if (collection !== undefined) {
      return { collections: [collection], style, time, ...(item !== undefined && { only: { ids: [item] } }) };
    }
    query.delete('datetime');
    return { ...parseTileSearch(query.toString(), await this.everything()), style, time };
  }

  /** Coarse layers below fine ones. */
  private async everything(): Promise<readonly string[]> {
    const { layers } = await this.layers.execute();
    const sorted = layers.toSorted((one, other) => (other.resolution ?? Infinity) - (one.resolution ?? Infinity));
    return sorted.slice(-MOST).map(({ name }) => name);
  }
}

/** The parameters of an address that choose what is drawn. */
export function choiceOf({ url }: FastifyRequest, leaveOut: readonly string[] = []): URLSearchParams {
  const mark = url.indexOf('?');
  const given = new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1));
  const chosen = CHOOSING.filter((name) => given.has(name) && !leaveOut.includes(name));
  return new URLSearchParams(chosen.map((name): [string, string] => [name, given.get(name)!]));
}
