/** A mosaic by its identifier: the scenes of a collection of a day or a month, stitched. */
export interface MosaicName {
  readonly collection: string;
  readonly from: Date;
  /** Its last millisecond. */
  readonly to: Date;
}

const FORM = /^([A-Za-z_][\w-]{0,199})\.(\d{4})-(\d{2})(?:-(\d{2}))?$/;

/** Reads `<collection>.<yyyy-mm-dd>` or `<collection>.<yyyy-mm>`; undefined for any other identifier, and for days there are not. */
export function parseMosaicId(id: string): MosaicName | undefined {
  const [, collection, year, month, day] = FORM.exec(id) ?? [];
  if (collection === undefined) return undefined;
  const [y, m, d] = [Number(year), Number(month) - 1, Number(day ?? '1')];
  const from = new Date(Date.UTC(y, m, d));
  if (from.getUTCMonth() !== m || from.getUTCDate() !== d) return undefined;
  const next = day === undefined ? Date.UTC(y, m + 1, 1) : Date.UTC(y, m, d + 1);
  return { collection, from, to: new Date(next - 1) };
}

/** The identifier of the mosaic of the day of a moment. */
export function mosaicIdOf(collection: string, moment: Date): string {
  return `${collection}.${moment.toISOString().slice(0, 10)}`;
}
