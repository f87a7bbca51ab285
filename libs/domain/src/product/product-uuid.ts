/** UUID v5 of `collection/id` in Frombork's own namespace: the `Product.uuid` of that key, the same in every mirror (RFC 9562 §5.5). */
export function productUuid(collection: string, id: string): string {
  return nameBased(PRODUCT_NAMESPACE, `${collection}/${id}`);
}

/** Name-based UUID, version 5 (RFC 9562 §5.5). Throws RangeError where `namespace` is no UUID. */
export function uuidV5(namespace: string, name: string): string {
  return nameBased(uuidBytes(namespace), name);
}

function uuidBytes(uuid: string): readonly number[] {
  const hex = uuid.replaceAll('-', '');
  if (!/^[0-9a-f]{32}$/i.test(hex)) throw new RangeError(`${uuid} is not a UUID`);
  return Array.from({ length: 16 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
}

/** Loops and typed arrays, here and below: every item of a bulk load passes. */
function nameBased(space: readonly number[], name: string): string {
  const state = sha1([...space, ...utf8(name)]);
  state[1] = (at32(state, 1) & 0xffff_0fff) | 0x5000;
  state[2] = (at32(state, 2) & 0x3fff_ffff) | 0x8000_0000;
  const [a, b, c, d] = [hex(state, 0), hex(state, 1), hex(state, 2), hex(state, 3)];
  return `${a}-${b.slice(0, 4)}-${b.slice(4)}-${c.slice(0, 4)}-${c.slice(4)}${d}`;
}

function hex(words: Int32Array, index: number): string {
  return (at32(words, index) >>> 0).toString(16).padStart(8, '0');
}

/** The domain has no text encoder: UTF-8 by hand (RFC 3629 §3); a lone surrogate becomes U+FFFD. */
function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x80) return utf8OfAny(text);
    bytes.push(code);
  }
  return bytes;
}

function utf8OfAny(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text.toWellFormed()) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), continuation(code, 0));
    else if (code < 0x1_0000) bytes.push(0xe0 | (code >> 12), continuation(code, 6), continuation(code, 0));
    else bytes.push(0xf0 | (code >> 18), continuation(code, 12), continuation(code, 6), continuation(code, 0));
  }
  return bytes;
}

function continuation(code: number, shift: number): number {
  return 0x80 | ((code >> shift) & 0x3f);
}

/** SHA-1 (RFC 3174) of bytes as five words; for names only, nothing secret depends on it. */
function sha1(bytes: readonly number[]): Int32Array {
  const words = padded(bytes);
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  for (let at = 0; at < words.length; at += 16) digestBlock(state, words.subarray(at, at + 16));
  return state;
}

function padded(bytes: readonly number[]): Int32Array {
  const words = new Int32Array((((bytes.length + 8) >> 6) + 1) * 16);
  for (let at = 0; at <= bytes.length; at++) {
    const byte = bytes[at] ?? 0x80;
    words[at >> 2] = at32(words, at >> 2) | (byte << (24 - (at % 4) * 8));
  }
  words[words.length - 1] = bytes.length * 8;
  return words;
}

/** W(0) to W(79) of RFC 3174 §6.1. */
const SCHEDULE = new Int32Array(80);

function digestBlock(state: Int32Array, block: Int32Array): void {
  const w = SCHEDULE;
  w.set(block);
  for (let t = 16; t < 80; t++) w[t] = rotate(at32(w, t - 3) ^ at32(w, t - 8) ^ at32(w, t - 14) ^ at32(w, t - 16), 1);
  let a = at32(state, 0);
  let b = at32(state, 1);
  let c = at32(state, 2);
  let d = at32(state, 3);
  let e = at32(state, 4);
  for (let t = 0; t < 80; t++) {
    const next = (rotate(a, 5) + mixed(t, b, c, d) + e + constantOf(t) + at32(w, t)) | 0;
    e = d;
    d = c;
    c = rotate(b, 30);
    b = a;
    a = next;
  }
  state[0] = at32(state, 0) + a;
  state[1] = at32(state, 1) + b;
  state[2] = at32(state, 2) + c;
  state[3] = at32(state, 3) + d;
  state[4] = at32(state, 4) + e;
}

/** f(t; B, C, D) of RFC 3174 §5. */
function mixed(t: number, b: number, c: number, d: number): number {
  if (t < 20) return (b & c) | (~b & d);
  if (t < 40 || t >= 60) return b ^ c ^ d;
  return (b & c) | (b & d) | (c & d);
}

/** K(t) of RFC 3174 §5. */
function constantOf(t: number): number {
  if (t < 40) return t < 20 ? 0x5a827999 : 0x6ed9eba1;
  return t < 60 ? 0x8f1bbcdc : 0xca62c1d6;
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

function at32(words: Int32Array, index: number): number {
  return words[index] ?? 0;
}

/** UUID v5 of `frombork.product` in the DNS namespace. */
const PRODUCT_NAMESPACE = uuidBytes(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'frombork.product'));
