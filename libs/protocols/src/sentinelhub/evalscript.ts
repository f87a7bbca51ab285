import { InvalidError } from '#domain/errors.js';
import { parseBandExpression } from '#domain/view/parse-band-expression.js';
import { WmsError } from '../wms/wms-error.js';
import type { SampleDepth } from './instance-format.js';
import { splitOutside, withoutComments } from './script-text.js';

/** What a script computes of each pixel, as formulas of ours: nothing of it is run. */
export interface Evalscript {
  /** Values with a name, each able to use the ones before. */
  readonly variables: readonly { readonly name: string; readonly value: string }[];
  /** Expressions of what it returns, from 0 to 1 where they are colours. */
  readonly channels: readonly string[];
  /** Whether the last value it returns is the data mask. */
  readonly hasMask: boolean;
  /** What it says its values are to be kept as. */
  readonly depth?: SampleDepth;
}

const MAX_LENGTH = 20_000;
const MAX_STATEMENTS = 64;
const MAX_CHANNELS = 16;
const DECLARATION = /^(?:var|let|const)\s+([\s\S]+)$/;
const ASSIGNMENT = /^([A-Za-z_]\w*)\s*=(?!=)\s*([\s\S]+)$/;
const RETURN = /^return\b\s*([\s\S]+)$/;
/** Sample types a script may return, and what brings their values to 0 to 1. */
const SAMPLE_TYPES: ReadonlyMap<string, { readonly depth: SampleDepth; readonly scale: string }> = new Map([
  ['AUTO', { depth: 'uint8', scale: '' }],
  ['UINT8', { depth: 'uint8', scale: ' / 255' }],
  ['UINT16', { depth: 'uint16', scale: ' / 65535' }],
  ['FLOAT32', { depth: 'float32', scale: '' }],
]);

/**
 * Reads a script of Sentinel Hub's: `return [2.5 * B04, 2.5 * B03, 2.5 * B02]`, values with names before it, or an `evaluatePixel` of version 3 of that
 * kind. Loops, conditions (but `a ? b : c`), arrays and functions other than those of band expressions are refused. Throws WmsError.
 */
export function parseEvalscript(script: string): Evalscript {
  if (script.length > MAX_LENGTH) throw refuse(`it is longer than ${MAX_LENGTH} characters`);
  const text = withoutComments(script);
  const { body, sample } = pixelBody(text);
  const statements = statementsOf(plain(body, sample));
  const last = RETURN.exec(statements.at(-1) ?? '');
  if (last === null) throw refuse('its last statement must return an array, such as return [2.5 * B04, B03, B02]');
  const variables = statements.slice(0, -1).flatMap(declared);
  const channels = channelsOf(last[1]!);
  const hasMask = channels.length > 1 && channels.at(-1) === 'dataMask';
  const { depth, scale } = sampleTypeOf(text);
  const values = (hasMask ? channels.slice(0, -1) : channels).map((value) =>
    scale === '' ? value : `(${value})${scale}`,
  );
  for (const value of [...variables.map((one) => one.value), ...values]) check(value);
  return { variables, channels: values.map(withoutMask), hasMask, ...(depth && { depth }) };
}

function sampleTypeOf(text: string): { readonly depth?: SampleDepth; readonly scale: string } {
  const name = /sampleType\s*:\s*["'](\w{1,20})["']/.exec(text)?.[1];
  return SAMPLE_TYPES.get(name ?? '') ?? { scale: '' };
}

/** What `evaluatePixel` does, or all of a script that has none, and the name its samples go by. */
function pixelBody(text: string): { readonly body: string; readonly sample?: string } {
  if (/\bunits?\s*:\s*\[?\s*["']DN["']/.test(text)) throw refuse('values are reflectances here, not digital numbers');
  const head = /\bfunction\s+evaluatePixel\s*\(\s*(\w+)\s*\)\s*\{/.exec(text);
  if (head === null) {
    if (/\bevaluatePixel\b|\bfunction\b|=>/.test(text)) {
      throw refuse('only function evaluatePixel(sample) { … } of one scene is understood');
    }
    return { body: text };
  }
  const start = head.index + head[0].length;
  const end = text.indexOf('}', start);
  const body = text.slice(start, end < 0 ? undefined : end);
  if (end < 0 || body.includes('{')) throw refuse('statements in braces are not understood');
  return { body, sample: head[1]! };
}

/** The names and operators of band expressions. */
function plain(body: string, sample: string | undefined): string {
  const bands = sample === undefined ? body : body.replaceAll(new RegExp(`\\b${sample}\\.(?=[A-Za-z_])`, 'g'), '');
  return bands
    .replaceAll(/\bMath\.log\(/g, 'ln(')
    .replaceAll(/\bMath\.(?=\w)/g, '')
    .replaceAll('===', '==')
    .replaceAll('!==', '!=')
    .replaceAll('**', '^');
}

function statementsOf(body: string): readonly string[] {
  const marked = body.replaceAll(/\n\s*(?=(?:var|let|const|return)\b)/g, ';');
  const statements = marked.split(';').flatMap((one) => (one.trim() === '' ? [] : [one.trim()]));
  if (statements.length > MAX_STATEMENTS) throw refuse(`it has more than ${MAX_STATEMENTS} statements`);
  return statements;
}

function declared(statement: string): Evalscript['variables'] {
  const inside = DECLARATION.exec(statement)?.[1] ?? statement;
  return splitOutside(inside).map((part) => {
    const [, name, value] = ASSIGNMENT.exec(part.trim()) ?? [];
    if (name === undefined || value === undefined) throw refuse(`"${part.trim().slice(0, 60)}" is not understood`);
    return { name, value: withoutMask(value.trim()) };
  });
}

function channelsOf(returned: string): readonly string[] {
  const text = returned.trim();
  const isList = text.startsWith('[') && text.endsWith(']');
  const parts = isList ? splitOutside(text.slice(1, -1)) : [text];
  const channels = parts.map((part) => part.trim());
  if (channels.length > MAX_CHANNELS) throw refuse(`it returns more than ${MAX_CHANNELS} values`);
  return channels;
}

/** A pixel is computed only where its bands have data. */
function withoutMask(value: string): string {
  return value.replaceAll(/\bdataMask\b/g, '1');
}

function check(value: string): void {
  try {
    parseBandExpression(withoutMask(value));
  } catch (error) {
    if (error instanceof InvalidError) throw refuse(`in "${value.slice(0, 60)}": ${error.message}`);
    throw error;
  }
}

function refuse(problem: string): WmsError {
  return new WmsError(`The evalscript cannot be used here: ${problem.replace(/\.$/, '')}.`, undefined, 'EVALSCRIPT');
}

/** The script of an EVALSCRIPT parameter, which is in base 64, plain or for URLs. Throws WmsError. */
export function decodeEvalscript(parameter: string): Evalscript {
  const given = parameter.trim().replaceAll(' ', '+');
  if (given.length > 2 * MAX_LENGTH) throw refuse(`it is longer than ${MAX_LENGTH} characters`);
  if (!/^[\w+/-]*={0,2}$/.test(given)) throw refuse('it is not in base 64');
  const text = atob(given.replaceAll('-', '+').replaceAll('_', '/'));
  return parseEvalscript(new TextDecoder().decode(Uint8Array.from(text, (character) => character.codePointAt(0)!)));
}
