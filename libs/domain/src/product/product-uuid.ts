/** UUID v5 of `collection/id` in Frombork's own namespace: the `Product.uuid` of that key, the same in every mirror (RFC 9562 §5.5). */
export function productUuid(collection: string, id: string): string {
  return uuidV5(PRODUCT_NAMESPACE, `${collection}/${id}`);
}

/** Name-based UUID, version 5 (RFC 9562 §5.5). Throws RangeError where `namespace` is no UUID. */
export function uuidV5(namespace: string, name: string): string {
  const hex = namespace.replaceAll('-', '');
  if (!/^[0-9a-f]{32}$/i.test(hex)) throw new RangeError(`${namespace} is not a UUID`);
  const space = Array.from({ length: 16 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
  const bytes = sha1([...space, ...utf8(name)]).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const text = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** UUID v5 of `frombork.product` in the DNS namespace. */
const PRODUCT_NAMESPACE = uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'frombork.product');

/** The domain has no text encoder: UTF-8 by hand (RFC 3629 §3); a lone surrogate becomes U+FFFD. */
function utf8(text: string): number[] {
  return Array.from(text.toWellFormed()).flatMap((character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) return [code];
    if (code < 0x800) return [0xc0 | (code >> 6), continuation(code, 0)];
    if (code < 0x1_0000) return [0xe0 | (code >> 12), continuation(code, 6), continuation(code, 0)];
    return [0xf0 | (code >> 18), continuation(code, 12), continuation(code, 6), continuation(code, 0)];
  });
}

function continuation(code: number, shift: number): number {
  return 0x80 | ((code >> shift) & 0x3f);
}

/** SHA-1 (RFC 3174) of bytes; for names only, nothing secret depends on it. */
function sha1(bytes: readonly number[]): number[] {
  const words = padded(bytes);
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  for (let at = 0; at < words.length; at += 16) digestBlock(state, words.slice(at, at + 16));
  return state.flatMap((word) => [word >>> 24, (word >>> 16) & 0xff, (word >>> 8) & 0xff, word & 0xff]);
}

function padded(bytes: readonly number[]): number[] {
  const words: number[] = Array.from({ length: (((bytes.length + 8) >> 6) + 1) * 16 }, () => 0);
  [...bytes, 0x80].forEach((byte, at) => {
    words[at >> 2] = (words[at >> 2] ?? 0) | (byte << (24 - (at % 4) * 8));
  });
  words[words.length - 1] = bytes.length * 8;
  return words;
}

function digestBlock(state: number[], block: readonly number[]): void {
  const w = [...block];
  for (let t = 16; t < 80; t++) w.push(rotate(at(w, t - 3) ^ at(w, t - 8) ^ at(w, t - 14) ^ at(w, t - 16), 1));
  let [a, b, c, d, e] = state as [number, number, number, number, number];
  for (let t = 0; t < 80; t++) {
    const [mixed, constant] = round(t, [b, c, d]);
    const next = (rotate(a, 5) + mixed + e + constant + at(w, t)) | 0;
    [a, b, c, d, e] = [next, a, rotate(b, 30), c, d];
  }
  [a, b, c, d, e].forEach((word, i) => (state[i] = (at(state, i) + word) | 0));
}

/** f(t; B, C, D) and K(t) of RFC 3174 §5. */
function round(t: number, [b, c, d]: readonly [number, number, number]): readonly [number, number] {
  if (t < 20) return [(b & c) | (~b & d), 0x5a827999];
  if (t < 40) return [b ^ c ^ d, 0x6ed9eba1];
  if (t < 60) return [(b & c) | (b & d) | (c & d), 0x8f1bbcdc];
  return [b ^ c ^ d, 0xca62c1d6];
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

function at(words: readonly number[], index: number): number {
  return words[index] ?? 0;
}
