import { invalidValue } from './csw-error.js';

const SECONDS = [31_536_000, 2_592_000, 604_800, 86_400, 3_600, 60, 1];
const DURATION =
  /^P(?=\d|T\d)(?:(\d{1,3})Y)?(?:(\d{1,3})M)?(?:(\d{1,3})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?$/;
const LEAST = 60;
const MOST = 31_536_000;

/** `HarvestInterval` (OGC 07-006r1 §10.12.2.4), an ISO 8601 duration, in seconds: a minute to a year. Throws InvalidParameterValue. */
export function harvestSeconds(text: string): number {
  const parts = DURATION.exec(text.trim())?.slice(1);
  const seconds = parts?.reduce((sum, part, at) => sum + Number(part ?? 0) * (SECONDS[at] ?? 0), 0) ?? 0;
  if (seconds >= LEAST && seconds <= MOST) return seconds;
  throw invalidValue('HarvestInterval', 'HarvestInterval is an ISO 8601 duration of a minute to a year, e.g. P1D.');
}
