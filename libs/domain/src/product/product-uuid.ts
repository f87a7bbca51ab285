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

function nameBased(space: readonly number[], name: string): string {
  const bytes = sha1([...space, ...utf8(name)]).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const text = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** UUID v5 of `frombork.product` in the DNS namespace. */
const PRODUCT_NAMESPACE = uuidBytes(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'frombork.product'));

/** The domain has no text encoder: UTF-8 by hand (RFC 3629 §3); a lone surrogate becomes U+FFFD. */
function utf8(text: string): number[] {
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

/** SHA-1 (RFC 3174) of bytes; for names only, nothing secret depends on it. Loops over typed arrays: every item of a bulk load passes here. */
function sha1(bytes: readonly number[]): number[] {
  const words = padded(bytes);
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const schedule = new Int32Array(80);
  for (let at = 0; at < words.length; at += 16) {
    schedule.set(words.subarray(at, at + 16));
    digestBlock(state, schedule);
  }
  return [...state].flatMap((word) => [word >>> 24, (word >>> 16) & 0xff, (word >>> 8) & 0xff, word & 0xff]);
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

/** `w` holds the block in its first 16 words. */
function digestBlock(state: Int32Array, w: Int32Array): void {
  for (let t = 16; t < 80; t++) w[t] = rotate(at32(w, t - 3) ^ at32(w, t - 8) ^ at32(w, t - 14) ^ at32(w, t - 16), 1);
  let [a, b, c, d, e] = state as unknown as [number, number, number, number, number];
  for (let t = 0; t < 80; t++) {
    const next = (rotate(a, 5) + mixed(t, b, c, d) + e + constantOf(t) + at32(w, t)) | 0;
    e = d;
    d = c;
    c = rotate(b, 30);
    b = a;
    a = next;
  }
  for (const [at, word] of [a, b, c, d, e].entries()) state[at] = at32(state, at) + word;
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
