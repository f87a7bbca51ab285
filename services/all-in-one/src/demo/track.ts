import type { Place } from './geography.js';

const { cos, round, sin } = Math;

/** The ground track of a satellite near a place: straight, on a plane that keeps distances well enough for a frame. */
export class Track {
  private readonly sine: number;
  private readonly cosine: number;

  /** `heading` in degrees clockwise from north. */
  constructor(
    readonly centre: Place,
    readonly heading: number,
  ) {
    this.sine = sin((heading * Math.PI) / 180);
    this.cosine = cos((heading * Math.PI) / 180);
  }

  /** The place some kilometres further along the track and to its right. */
  place(along: number, right: number): Place {
    const east = along * this.sine + right * this.cosine;
    const latitude = this.centre[1] + (along * this.cosine - right * this.sine) / 111.2;
    return [this.centre[0] + east / (111.32 * cos((latitude * Math.PI) / 180)), latitude];
  }
}

/** A swath of pixels along a track; the first row is the first in time, columns go to the right. */
export class SwathFrame {
  private readonly track: Track;

  constructor(
    centre: Place,
    heading: number,
    readonly size: { readonly columns: number; readonly rows: number; readonly across: number; readonly along: number },
  ) {
    this.track = new Track(centre, heading);
  }

  /** Place of a position in pixels; `across` and `along` of the size are the kilometres of a pixel. */
  place(column: number, row: number): Place {
    const { columns, rows, across, along } = this.size;
    return this.track.place((row - rows / 2) * along, (column - columns / 2) * across);
  }

  /** Runs over the pixels row by row, with the place of each centre. */
  forEach(visit: (place: Place, at: number) => void): void {
    const { columns, rows } = this.size;
    for (let row = 0, at = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++, at++) visit(this.place(column + 0.5, row + 0.5), at);
    }
  }

  /** The edge of the swath as a closed ring, counter-clockwise seen from above, about ten points a side. */
  ring(): readonly Place[] {
    const { columns, rows } = this.size;
    const steps = Array.from({ length: 10 }, (_, i) => i / 10);
    const ring = [
      ...steps.map((share) => this.place(0, share * rows)),
      ...steps.map((share) => this.place(share * columns, rows)),
      ...steps.map((share) => this.place(columns, (1 - share) * rows)),
      ...steps.map((share) => this.place((1 - share) * columns, 0)),
    ].map(([longitude, latitude]): Place => [round(longitude * 1e5) / 1e5, round(latitude * 1e5) / 1e5]);
    const closed = [...ring, ring[0]!];
    return signedArea(closed) < 0 ? closed.toReversed() : closed;
  }
}

function signedArea(ring: readonly Place[]): number {
  return ring.slice(1).reduce((sum, [x, y], i) => sum + ring[i]![0] * y - x * ring[i]![1], 0);
}
