import type { Geometry } from '#domain/geometry/geometry.js';
import { JsonShape } from '../parquet/json-shape.js';
import { geometryColumn, parquetColumn, type ParquetColumn } from '../parquet/parquet-column.js';
import type { ParquetRow } from '../parquet/write-parquet.js';
import type { StacItem } from './item.js';
import type { StacCollection } from './stac-collection.js';

/** Fields that are instants by the STAC specification. */
const INSTANTS = new Set(
  'datetime start_datetime end_datetime created updated published expires unpublished'.split(' '),
);

/** An item as a row: its properties stand beside its other fields (stac-geoparquet 1.1 §Guidelines); a field of the item goes before a property of its name. */
export function writeItemRow({ properties, bbox, ...item }: StacItem): ParquetRow {
  const [xmin, ymin, xmax, ymax] = bbox ?? [];
  return { ...properties, ...item, ...(bbox === undefined ? {} : { bbox: { xmin, ymin, xmax, ymax } }) };
}

/** What a file of items must know before its first row can be written: every field there is in any of them. */
export class ItemRowsSchema {
  private readonly shape = new JsonShape();
  private readonly geometryTypes = new Set<string>();
  private readonly collections = new Set<string>();
  /** Readers that filter by boxes miss those that end west of where they begin. */
  private crossesAntimeridian = false;

  /** Widens the schema by a row. */
  add(row: ParquetRow): void {
    for (const [name, value] of Object.entries(row)) {
      if (name === 'geometry') this.addGeometry(value as Geometry | null);
      else if (INSTANTS.has(name)) this.shape.field(name).addInstant(value);
      else if (name === 'bbox') this.addBox(value as Readonly<Record<string, number>>);
      else this.shape.field(name).add(value);
    }
    this.collections.add(String(row['collection']));
  }

  /** The columns, the geometry as WKB among them. */
  columns(): readonly ParquetColumn[] {
    const columns = [...this.shape.fields].flatMap(([name, shape]) => parquetColumn(name, shape) ?? []);
    return [...columns, geometryColumn('geometry')];
  }

  /** The ids of the collections there are items of. */
  collectionIds(): readonly string[] {
    return [...this.collections];
  }

  /** What the footer says: GeoParquet 1.1.0 §File metadata, and stac-geoparquet with the collections. */
  metadata(collections: readonly StacCollection[]): Readonly<Record<string, unknown>> {
    const covering = Object.fromEntries(['xmin', 'ymin', 'xmax', 'ymax'].map((side) => [side, ['bbox', side]]));
    const geometry = {
      encoding: 'WKB',
      geometry_types: [...this.geometryTypes].toSorted(),
      ...(this.shape.fields.has('bbox') && !this.crossesAntimeridian ? { covering: { bbox: covering } } : {}),
    };
    return {
      geo: { version: '1.1.0', primary_column: 'geometry', columns: { geometry } },
      'stac-geoparquet': {
        version: '1.1.0',
        collections: Object.fromEntries(collections.map((collection) => [collection.id, collection])),
      },
    };
  }

  private addGeometry(geometry: Geometry | null): void {
    if (geometry !== null) this.geometryTypes.add(geometry.type);
  }

  /** Coordinates are numbers, also where all happen to be whole. */
  private addBox(box: Readonly<Record<string, number>>): void {
    if ((box['xmin'] ?? 0) > (box['xmax'] ?? 0)) this.crossesAntimeridian = true;
    for (const side of Object.keys(box)) this.shape.field('bbox').add({ [side]: 0.5 });
  }
}
