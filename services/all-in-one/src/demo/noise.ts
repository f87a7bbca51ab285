// Taken once: looked up per pixel they cost more than what they do wherever globals are proxied (the test runner's contexts).
const { floor, imul, max, min } = Math;

const SIZE = 256;
const MASK = SIZE - 1;

/** Smooth noise over the plane from a seed: the same everywhere and every time. */
export class Noise {
  private readonly values = new Float32Array(SIZE * SIZE);

  constructor(seed: number) {
    const random = randomNumbers(seed);
    for (let i = 0; i < this.values.length; i++) this.values[i] = random() * 2 - 1;
  }

  /** Between -1 and 1, features about one unit wide. */
  at(x: number, y: number): number {
    const column = floor(x);
    const row = floor(y);
    const u = ease(x - column);
    const v = ease(y - row);
    const left = column & MASK;
    const right = (column + 1) & MASK;
    const top = (row & MASK) * SIZE;
    const bottom = ((row + 1) & MASK) * SIZE;
    const { values } = this;
    const upper = values[top + left]! + (values[top + right]! - values[top + left]!) * u;
    const lower = values[bottom + left]! + (values[bottom + right]! - values[bottom + left]!) * u;
    return upper + (lower - upper) * v;
  }

  /** Noise of several sizes, each half as wide and half as strong as the one before; about -1 to 1. */
  fractal(x: number, y: number, octaves: number): number {
    let sum = 0;
    let strength = 0.5;
    for (let octave = 0; octave < octaves; octave++) {
      sum += strength * this.at(x, y);
      // Turned by about 37 degrees, so that the lattices of the octaves do not show.
      const turned = 1.6 * x - 1.2 * y + 17.3;
      y = 1.2 * x + 1.6 * y - 9.1;
      x = turned;
      strength *= 0.5;
    }
    return sum * 1.4;
  }

  /** The value of a lattice cell, between -1 and 1. */
  cell(column: number, row: number): number {
    return this.values[(row & MASK) * SIZE + (column & MASK)]!;
  }
}

const ease = (share: number): number => share * share * (3 - 2 * share);

/** 0 below `low`, 1 above `high`, smooth between. */
export function smoothStep(low: number, high: number, value: number): number {
  return ease(min(1, max(0, (value - low) / (high - low))));
}

/** Numbers from 0 to 1 that look random (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A number that stands for a text (FNV-1a, 32 bit). */
export function textSeed(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
