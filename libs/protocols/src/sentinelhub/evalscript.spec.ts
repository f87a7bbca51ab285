import { describe, expect, it } from '@jest/globals';
import { decodeEvalscript, parseEvalscript } from './evalscript.js';

const channels = (script: string): readonly string[] => parseEvalscript(script).channels;

describe('scripts', () => {
  it.each<[string, readonly string[]]>([
    ['return [2.5 * B04, 2.5*B03, 2.5*B02];', ['2.5 * B04', '2.5*B03', '2.5*B02']],
    ['return [B08]', ['B08']],
    ['return index(B08, B04);', ['index(B08, B04)']],
    ['// a comment; return [1]\nreturn [B04 /* red */, B03, B02]', ['B04', 'B03', 'B02']],
    ['return [Math.sqrt(B04), Math.log(B03), B02 ** 2]', ['sqrt(B04)', 'ln(B03)', 'B02 ^ 2']],
    ['return [B04 === 0 ? 1 : B03 / B04]', ['B04 == 0 ? 1 : B03 / B04']],
    ['return [max(B04, B03)]', ['max(B04, B03)']],
  ])('%s', (script, expected) => {
    expect(channels(script)).toEqual(expected);
  });

  it('use values with names before', () => {
    const script = 'let ndvi = (B08 - B04) / (B08 + B04), gain = 2.5\nvar x = ndvi * gain;\nreturn [x, x, 1 - x];';
    expect(parseEvalscript(script)).toEqual({
      variables: [
        { name: 'ndvi', value: '(B08 - B04) / (B08 + B04)' },
        { name: 'gain', value: '2.5' },
        { name: 'x', value: 'ndvi * gain' },
      ],
      channels: ['x', 'x', '1 - x'],
      hasMask: false,
    });
  });

  it('of version 3 are their evaluatePixel, its values of 0 to 1 and its data mask a band of its own', () => {
    const script = (sampleType: string) => `//VERSION=3
function setup() {
  return { input: ["B02", "B03", "B04", "dataMask"], output: { bands: 4, sampleType: "${sampleType}" } };
}
function evaluatePixel(sample) {
  const gain = 2.5;
  return [gain * sample.B04, gain * sample.B03, gain * sample.B02, sample.dataMask];
}`;
    const float = parseEvalscript(script('FLOAT32'));
    expect(float).toMatchObject({
      hasMask: true,
      depth: 'float32',
      channels: ['gain * B04', 'gain * B03', 'gain * B02'],
    });
    expect(parseEvalscript(script('UINT8')).channels[0]).toBe('(gain * B04) / 255');
  });

  it.each([
    ['nothing', ''],
    ['no return', 'let a = B04;'],
    ['a loop', 'for (let i = 0; i < 1e9; i++) {}\nreturn [B04];'],
    ['conditions in braces', 'function evaluatePixel(s) { if (s.B04 > 0) { return [1]; } return [0]; }'],
    ['a function of its own', 'function f(a) { return a }\nreturn [f(B04)]'],
    ['an arrow', 'return [B04].map(a => a * 2)'],
    ['samples of several scenes', 'function evaluatePixel(samples) { return [samples[0].B04]; }'],
    ['digital numbers', '//VERSION=3\nfunction setup(){return {input:[{bands:["B04"],units:"DN"}]}}\nfunction evaluatePixel(s){return [s.B04]}'],
    ['text', 'return ["B04"]'],
    ['a look at the machine', 'return [process.env.HOME]'],
    ['require', 'return [require("fs")]'],
    ['an object', 'return {default: [B04]}'],
    ['an unknown function', 'return [colorBlend(B04, [0, 1], [[0,0,0],[1,1,1]])]'],
    ['17 values', `return [${Array.from({ length: 17 }, () => 'B04').join()}]`],
    ['100 statements', `${'let a = 1;'.repeat(100)} return [a]`],
    ['a long one', `return [${'B04+'.repeat(10_000)}B04]`],
    ['a deep one', `return [${'('.repeat(500)}B04${')'.repeat(500)}]`],
  ])('refuses %s, whatever it would do', (_title, script) => {
    expect(() => parseEvalscript(script)).toThrow(/^The evalscript cannot be used here: .*\.$/);
  }); // prettier-ignore

  it('come in base 64, as query strings spell it', () => {
    const script = 'return [B04>0 ? 1 : 0, B03 ,B02];//?>~';
    const plain = Buffer.from(script).toString('base64');
    expect(plain).toMatch(/[+/]/);
    const expected = parseEvalscript(script);
    for (const text of [plain, plain.replaceAll('+', ' '), Buffer.from(script).toString('base64url')]) {
      expect(decodeEvalscript(text)).toEqual(expected);
    }
    expect(() => decodeEvalscript('return [B04]')).toThrow('base 64');
  });
});
