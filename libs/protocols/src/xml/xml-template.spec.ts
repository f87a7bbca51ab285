import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseXml } from './parse-xml.js';
import { attribute } from './xml-path.js';
import { xml } from './xml-template.js';

describe('xml', () => {
  it('escapes text, takes pieces as they are, joins lists, leaves nothing of undefined and false', () => {
    const piece = xml`<b>${'<&>"'}</b>`;
    expect(xml`<a>${[piece, 1, [piece]]}${undefined}${false}${true}</a>`.text).toBe(
      '<a><b>&lt;&amp;&gt;&quot;</b>1<b>&lt;&amp;&gt;&quot;</b>true</a>',
    );
  });

  it('leaves out the line breaks of the template, but keeps attributes apart', () => {
    const also = xml` y="2"`;
    expect(
      xml`<a x="1"${also}
        z="3">
        ${'one'}
        <b/>
      </a>`.text,
    ).toBe('<a x="1" y="2" z="3">one<b/></a>');
  });

  it('writes whatever text so that it is read as it was, but for what XML cannot say', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const root = parseXml(xml`<a b="${text.replaceAll(/\s/g, ' ')}">x${text}</a>`.text);
        // oxlint-disable-next-line no-control-regex -- control characters are what it replaces
        const said = text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\uFFFD');
        expect(root.children).toEqual([`x${said}`]);
        expect(attribute(root, 'b')).toHaveLength(text.length);
      }),
    );
    expect(xml`<a>${'\u0000\uD800'}</a>`.text).toBe('<a>\uFFFD\uFFFD</a>');
  });
});
