/** Letters that fold to several (Unicode CaseFolding, status F), as far as scripts of Europe have them. */
const WHOLE: readonly (readonly [string, string])[] = Object.entries({
  ß: 'ss',
  ẞ: 'ss',
  İ: 'i̇',
  ŉ: 'ʼn',
  ǰ: 'ǰ',
  և: 'եւ',
  ﬀ: 'ff',
  ﬁ: 'fi',
  ﬂ: 'fl',
  ﬃ: 'ffi',
  ﬄ: 'ffl',
  ﬅ: 'st',
  ﬆ: 'st',
});
/** One for one (status C); PostgreSQL's lower() in collation "C" knows ASCII only. */
const SINGLE: ReadonlyMap<string, string> = new Map(singleFolds());
const UPPER = [...SINGLE.keys()].join('');
const LOWER = [...SINGLE.values()].join('');

/** Combining marks, as escapes both PostgreSQL and JavaScript read. */
const MARKS = String.raw`[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]`;
const EVERY_MARK = new RegExp(MARKS, 'g');

/** Text without what tells upper from lower case: full case folding, as CASEI asks for (OGC 21-065r2 §7.3). */
export function foldEveryCase(text: string): string {
  const ascii = text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  const whole = WHOLE.reduce((folded, [letter, letters]) => folded.replaceAll(letter, letters), ascii);
  return Array.from(whole, (letter) => SINGLE.get(letter) ?? letter).join('');
}

/** Text decomposed (NFKD) without its combining marks, as ACCENTI asks for (§7.4). */
export function foldAccents(text: string): string {
  return text.normalize('NFKD').replaceAll(EVERY_MARK, '');
}

/** `foldEveryCase` in SQL. ASCII, which most text is, goes the short way. */
export function foldCaseSql(text: string): string {
  const whole = WHOLE.reduce((sql, [letter, letters]) => `replace(${sql}, '${letter}', '${letters}')`, 'lower(v.a)');
  return orAscii('lower(v.a)', `translate(${whole}, '${UPPER}', '${LOWER}')`, text);
}

/** `foldAccents` in SQL. */
export function foldAccentsSql(text: string): string {
  return orAscii('v.a', `regexp_replace(normalize(v.a, NFKD), '${MARKS}', '', 'g')`, text);
}

function orAscii(ascii: string, other: string, text: string): string {
  return `(select case when octet_length(v.a) = length(v.a) then ${ascii} else ${other} end from ${fenced(text)})`;
}

/** Values named `v.a`, `v.b` that the planner does not copy to each place they are used at: nested, copies of copies would grow without bound. */
export function fenced(a: string, b = 'null'): string {
  return `(select ${a} as a, ${b} as b offset 0) as v`;
}

function singleFolds(): readonly (readonly [string, string])[] {
  const letters = [...range(0xc0, 0x556), ...range(0x1e00, 0x1fff)].map((code) => String.fromCodePoint(code));
  const pairs = letters.map((letter) => [letter, letter.toLowerCase()] as const);
  const odd = Object.entries({ ς: 'σ', ſ: 's', µ: 'μ', '\u212A': 'k', '\u212B': 'å', '\u2126': 'ω' });
  return [...pairs.filter(([letter, lower]) => letter !== lower && lower.length === 1 && letter !== 'ẞ'), ...odd];
}

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}
