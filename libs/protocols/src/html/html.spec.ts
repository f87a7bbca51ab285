import { describe, expect, it } from '@jest/globals';
import { html } from './html.js';

describe('html', () => {
  it('escapes text and attributes, joins pieces, leaves nothing out', () => {
    const items = ['<a>', '&b'].map((text) => html`<li>${text}</li>`);
    const page = html`<ul title="${'"\'>'}">
      ${items}${undefined}${false}${3}
    </ul>`;
    expect(page.text.replace(/>\s+</g, '><').replace(/3\s+</, '3<')).toBe(
      '<ul title="&quot;&#39;&gt;"><li>&lt;a&gt;</li><li>&amp;b</li>3</ul>',
    );
  });
});
