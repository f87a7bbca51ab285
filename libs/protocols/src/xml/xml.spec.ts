import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidError } from '#domain/errors.js';
import { parseXml, parseXmlBytes, XML_LIMITS } from './parse-xml.js';
import { writeElement, writeXml, writeXmlStream } from './write-xml.js';
import { el, type XmlElement, type XmlMarkup } from './xml-element.js';
import { attribute, child, childrenOf, descendants, select, selectFirst, textAt, textOf } from './xml-path.js';

const sample = parseXml(`<?xml version="1.0"?>
<a:root xmlns:a="urn:a" xmlns="urn:b" xmlns:xlink="http://www.w3.org/1999/xlink" a:kind="x">
  <!-- no --><item type="start" xlink:href="here">one</item>
  <item type="stop">t<b>w</b>o<![CDATA[<&>]]></item><deep><item>three</item></deep>
</a:root>`);

/** Processor time, so that a busy machine is not taken for a slow parser. */
function cpuMilliseconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

describe('parseXml (XML 1.0, Namespaces in XML 1.0)', () => {
  it('resolves names and namespaces', () => {
    expect(sample).toMatchObject({ qname: 'a:root', name: 'root', namespace: 'urn:a' });
    expect(child(sample, 'item')).toMatchObject({ namespace: 'urn:b', qname: 'item' });
  });

  it('is walked by local names', () => {
    expect(childrenOf(sample, 'item')).toHaveLength(2);
    expect(descendants(sample, 'item').map(textOf)).toEqual(['one', 'two<&>', 'three']);
    expect(select(sample, '//item').map(textOf)).toEqual(['one', 'two<&>', 'three']);
    expect(select(sample, '*/item').map(textOf)).toEqual(['three']);
    expect(textAt(sample, 'item[type=stop]')).toBe('two<&>');
    expect(textAt(sample, 'deep/item')).toBe('three');
    expect(textAt(sample, 'deep/nothing')).toBeUndefined();
    expect(attribute(selectFirst(sample, 'item'), 'href')).toBe('here');
    expect(attribute(sample, 'kind')).toBe('x');
    expect(attribute(sample, 'a')).toBeUndefined();
  });

  it.each(['', '   ', '<a>', '<a></b>', '<a b=1/>', '<a/><b/>', '<a>&nbsp;</a>', '<x:a/>', '<a b="1" b="2"/>', 'text', '<a>\u0001</a>'])(
    'refuses %j, saying where',
    (text) => {
      expect(() => parseXml(text)).toThrow(InvalidError);
      expect(() => parseXml(text)).toThrow(/line \d+, column \d+/);
    },
  ); // prettier-ignore

  const utf16 = (text: string, big: boolean): Uint8Array => {
    const bytes = Buffer.from(text, 'utf16le');
    return big ? bytes.swap16() : bytes;
  };

  it.each([
    ['UTF-8', Buffer.from('<a>é</a>')],
    ['UTF-8 with a mark', Buffer.from('\uFEFF<a>é</a>')],
    ['UTF-16 LE with a mark', utf16('\uFEFF<a>é</a>', false)],
    ['UTF-16 BE with a mark', utf16('\uFEFF<a>é</a>', true)],
    ['UTF-16 LE', utf16('<?xml version="1.0" encoding="UTF-16"?><a>é</a>', false)],
    ['UTF-16 BE', utf16('<?xml version="1.0" encoding="UTF-16"?><a>é</a>', true)],
    ['Latin-1', Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>', 'latin1')],
  ])('reads bytes in %s (XML 1.0 appendix F)', (_, bytes) => {
    expect(textOf(parseXmlBytes(bytes))).toBe('é');
  });

  it.each([
    ['broken UTF-8', Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]), 'not valid UTF-8'],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]), 'UTF-32'],
    ['an unknown encoding', Buffer.from('<?xml version="1.0" encoding="EBCDIC-X"?><a/>'), 'EBCDIC-X'],
  ])('refuses bytes in %s', (_, bytes, message) => {
    expect(() => parseXmlBytes(bytes)).toThrow(message);
  });
});

describe('hostile XML', () => {
  const laughs = `<!DOCTYPE l [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, i) => `<!ENTITY a${i} "${'&a;'.repeat(10)}">`).join('')}]><l>&a8;</l>`;
  const many = Array.from({ length: 500_000 }, (_, i) => ` a${i}=""`).join('');
  const bound = XML_LIMITS.size;

  it.each([
    ['billion laughs', laughs, 'DOCTYPE'],
    ['an outside DTD', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 'DOCTYPE'],
    ['a lower-case doctype', '<!doctype a><a/>', 'DOCTYPE'],
    ['an endless DOCTYPE', `<!DOCTYPE a [${'<!ENTITY b "c">'.repeat(500_000)}`, 'DOCTYPE'],
    ['a DOCTYPE behind comments', `<?xml version="1.0"?>${' <!-- <a> -->\n'.repeat(1000)}<!DOCTYPE a><a/>`, 'DOCTYPE'],
    ['deep nesting', '<a>'.repeat(200_000), 'deeper than 128'],
    ['deeper nesting', '<a>'.repeat(1_000_000), 'more than 250000'],
    ['a million elements', `<a>${'<b/>'.repeat(1_000_000)}</a>`, 'more than 250000'],
    ['half a million attributes', `<a${many}/>`, 'more than 250000'],
    ['a huge attribute name', `<a ${'b'.repeat(bound - 100)}="1"/>`, 'attribute name'],
    ['text past the limit', `<a>${'x'.repeat(bound)}</a>`, 'longer than'],
    ['a huge unclosed attribute', `<a b="${'c'.repeat(bound - 100)}`, 'cannot be read'],
    ['many namespaces', `<a>${'<b xmlns:c="urn:x">'.repeat(200)}`, 'deeper than'],
  ])('%s is refused in less than a second', (_, text, message) => {
    const started = process.cpuUsage();
    expect(() => parseXml(text)).toThrow(message);
    expect(cpuMilliseconds(started)).toBeLessThan(1000);
  });

  it.each([false, true])('a DOCTYPE is found in UTF-16 too (big endian: %p)', (big) => {
    const bytes = Buffer.from(`\uFEFF${laughs}`, 'utf16le');
    expect(() => parseXmlBytes(big ? bytes.swap16() : bytes)).toThrow('DOCTYPE');
  });

  it('reads a huge attribute within the limit going over it once: again for every entity would take minutes', () => {
    const started = process.cpuUsage();
    expect(attribute(parseXml(`<a b="${'&lt;'.repeat(bound / 4 - 100)}"/>`), 'b')).toHaveLength(bound / 4 - 100);
    expect(cpuMilliseconds(started)).toBeLessThan(10_000);
  });

  it('keeps names that mean something to JavaScript apart', () => {
    const element = parseXml('<a __proto__="1" constructor="2"><__proto__>3</__proto__></a>');
    expect(attribute(element, '__proto__')).toBe('1');
    expect(attribute(element, 'toString')).toBeUndefined();
    expect(textAt(element, '__proto__')).toBe('3');
  });
});

describe('writeXml', () => {
  it('escapes, leaves out what is undefined, joins lists', () => {
    const tree = el('a', { x: '"<&>\n', none: undefined, n: 1 }, 'a<b>&', [el('b'), false, undefined], 5);
    expect(writeElement(tree)).toBe('<a x="&quot;&lt;&amp;&gt;&#10;" n="1">a&lt;b&gt;&amp;<b/>5</a>');
  });

  it('replaces what XML cannot hold', () => {
    expect(writeElement(el('a', {}, 'x\u0000y\uD800'))).toBe('<a>x\uFFFDy\uFFFD</a>');
  });

  it('streams a feed of any length', async () => {
    const root = el('feed', { xmlns: 'urn:f' }, el('title', {}, 'T'));
    const pieces: string[] = [];
    for await (const piece of writeXmlStream(root, [el('entry', {}, '1'), el('entry', {}, '2')])) pieces.push(piece);
    expect(pieces).toHaveLength(4);
    expect(select(parseXml(pieces.join('')), 'entry').map(textOf)).toEqual(['1', '2']);
  });

  const name = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9._-]{0,8}$/);
  // oxlint-disable-next-line no-control-regex -- the characters XML can hold
  const text = fc.string({ unit: 'binary', maxLength: 12 }).filter((s) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(s)); // prettier-ignore
  const { tree } = fc.letrec<{ tree: XmlMarkup; node: XmlMarkup | string }>((tie) => ({
    tree: fc
      .tuple(name, fc.dictionary(name.filter((n) => n !== 'xmlns'), text, { maxKeys: 4 }), fc.array(tie('node'), { maxLength: 4 }))
      .map(([qname, attributes, children]) => el(qname, attributes, ...children)), // prettier-ignore
    node: fc.oneof({ depthSize: 'small' }, text, tie('tree')),
  }));

  const plain = (node: XmlMarkup | XmlElement): unknown => ({
    qname: node.qname,
    attributes: Object.fromEntries(node.attributes),
    children: node.children.reduce<unknown[]>((list, next) => {
      const last = list.at(-1);
      if (typeof next === 'string' && typeof last === 'string') list[list.length - 1] = last + next;
      else if (next !== '') list.push(typeof next === 'string' ? next : plain(next));
      return list;
    }, []),
  });

  it('is read back as it was', () => {
    fc.assert(
      fc.property(tree, (given) => {
        expect(plain(parseXml(writeXml(given)))).toEqual(plain(given));
      }),
    );
  });
});
