/** A picture of a place in EPSG:3857. */
export interface MapView {
  readonly bbox: readonly [minX: number, minY: number, maxX: number, maxY: number];
  readonly width: number;
  readonly height: number;
  readonly format: 'image/png' | 'image/jpeg';
}

/** A map server under measurement. */
export interface MapServer {
  readonly name: string;
  /** Everything whose work counts. */
  readonly pids: () => readonly number[];
  /** The address of a view. */
  readonly address: (view: MapView) => string;
  readonly stop: () => Promise<void>;
}

/** GetMap of WMS 1.3.0. */
export function getMap(base: string, layer: string, { bbox, width, height, format }: MapView): string {
  const query = new URLSearchParams({
    SERVICE: 'WMS',
    VERSION: '1.3.0',
    REQUEST: 'GetMap',
    LAYERS: layer,
    STYLES: '',
    CRS: 'EPSG:3857',
    BBOX: bbox.join(','),
    WIDTH: String(width),
    HEIGHT: String(height),
    FORMAT: format,
    ...(format === 'image/png' && { TRANSPARENT: 'TRUE' }),
  });
  return `${base}${base.includes('?') ? '&' : '?'}${query.toString()}`;
}
