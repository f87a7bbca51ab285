import type { TimeInterval } from '#domain/geometry/time-interval.js';
import type { TimeSelection, TimeValue } from './time-dimension.js';

/** First and last acquisition of a layer; the dimension is declared in whole days of it, or in its moments where they follow each other in even steps. */
export interface TimeExtent {
  readonly from: Date;
  readonly to: Date;
  /** Seconds from one moment to the next, less than a day; known where a layer has few products. */
  readonly step?: number;
}

/** What to draw, and the Warning field (WMS 1.3.0 §C.4.2) where a value was put in the place of the one asked for. */
export interface ResolvedTime {
  readonly intervals: readonly TimeInterval[];
  readonly warning?: string;
}

/** The extent as declared: `first day/last day/P1D`, the day where it is one, or `first moment/last moment/PT5S`. */
export function writeTimeExtent(extent: TimeExtent): string {
  const [first, last] = endsOf(extent);
  if (extent.step !== undefined) return `${first}/${last}/PT${extent.step}S`;
  return first === last ? first : `${first}/${last}/P1D`;
}

/** The default as declared: the whole extent, so that a map without TIME shows the newest scene of every place. */
export function writeDefaultTime(extent: TimeExtent): string {
  return endsOf(extent).join('/');
}

function endsOf({ from, to, step }: TimeExtent): readonly [string, string] {
  return step === undefined ? [writeDay(from), writeDay(to)] : [writeSecond(from), writeSecond(to)];
}

/**
 * Resolves TIME against what a layer has: the one resolver of every map and coverage door. Moments outside the extent become its nearest day (nearestValue).
 * A moment at midnight is the day that begins then, in an extent of days: it is how clients write these, QGIS and Leaflet among them.
 */
export function resolveTime(selection: TimeSelection, extent: TimeExtent): ResolvedTime {
  if (selection.kind === 'default') {
    return { intervals: [{}], warning: `99 Default value used: time=${writeDefaultTime(extent)}` };
  }
  if (selection.kind === 'current') return { intervals: [lastOf(extent)] };
  const resolved = selection.values.map((value) => nearest(value, extent));
  const substituted = resolved.filter((one) => one.substitute !== undefined).map((one) => one.substitute);
  const intervals = resolved.map((one) => one.interval);
  if (substituted.length === 0) return { intervals };
  return { intervals, warning: `99 Nearest value used: time=${[...new Set(substituted)].join(',')}` };
}

function nearest(value: TimeValue, extent: TimeExtent): { interval: TimeInterval; substitute?: string } {
  const { start, end } = value.interval;
  if (value.isRange || !start || !end) return { interval: value.interval };
  const [first, last] = [dayOf(extent.from), dayOf(extent.to)];
  const day = dayOf(start);
  if (extent.step === undefined && start.getTime() === day.start.getTime() && end < day.end) {
    return nearest({ interval: day, isRange: false }, extent);
  }
  if (end < first.start) return { interval: first, substitute: writeDay(first.start) };
  if (start > last.end) return { interval: last, substitute: writeDay(last.start) };
  return { interval: value.interval };
}

function lastOf({ to, step }: TimeExtent): TimeInterval {
  return step === undefined ? dayOf(to) : { start: to, end: to };
}

function writeSecond(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

function writeDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function dayOf(date: Date): { readonly start: Date; readonly end: Date } {
  const start = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
  return { start: new Date(start), end: new Date(start + 86_400_000 - 1) };
}
