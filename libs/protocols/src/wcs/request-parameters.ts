import { invalidParameter, missingParameter } from './wcs-error.js';

/** Parameters of a request in the order given, repeated ones too; names in any case. XML requests are brought into this form. */
export class RequestParameters {
  private readonly pairs: readonly (readonly [name: string, value: string])[];

  constructor(pairs: Iterable<readonly [string, string]>) {
    this.pairs = [...pairs].map(([name, value]) => [name.trim().toUpperCase(), value] as const);
  }

  /** The first value that is not empty. */
  get(...names: readonly string[]): string | undefined {
    return this.pairs.find(([name, value]) => names.includes(name) && value !== '')?.[1];
  }

  /** Every value of the parameters whose name is one of these, with or without a number behind it. */
  all(...names: readonly string[]): readonly string[] {
    return this.pairs.filter(([name]) => names.includes(name.replace(/_?\d+$/, ''))).map(([, value]) => value);
  }

  has(name: string): boolean {
    return this.pairs.some(([given]) => given === name);
  }

  /** Throws InvalidParameterValue for a parameter that is there more than once. */
  checkSingle(names: readonly string[]): void {
    const twice = names.find((name) => this.pairs.filter(([given]) => given === name).length > 1);
    if (twice !== undefined) throw invalidParameter(twice.toLowerCase(), `${twice} is given more than once.`);
  }

  /** Throws MissingParameterValue. */
  need(name: string, locator = name.toLowerCase()): string {
    const value = this.get(name);
    if (value === undefined) throw missingParameter(locator);
    return value;
  }

  /** Comma-separated values, none where absent. */
  list(...names: readonly string[]): readonly string[] {
    const text = this.get(...names);
    return text === undefined ? [] : text.split(',').map((item) => item.trim()).filter((item) => item !== ''); // prettier-ignore
  }
}

/** A finite number. Throws InvalidParameterValue. */
export function numberOf(text: string, locator: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) throw invalidParameter(locator, `${text.slice(0, 50)} is no number.`);
  return value;
}

/** A whole number of at least `least`. Throws InvalidParameterValue. */
export function countOf(text: string, locator: string, least = 1): number {
  const value = numberOf(text, locator);
  if (!Number.isInteger(value) || value < least || value > 0x7fffffff) {
    throw invalidParameter(locator, `${text.slice(0, 50)} is not a whole number from ${least} on.`);
  }
  return value;
}
