import { describe, expect, it } from '@jest/globals';
import { wantsHtml } from './wants-html.js';

describe('who wants a page (RFC 9110 §12.5.1)', () => {
  it.each([
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', true],
    ['text/html', true],
    ['text/html;q=0.5, application/geo+json', false],
    ['application/json;q=0.4, text/html;q=0.5', true],
    ['*/*', false],
    ['text/html, */*', false],
    ['', false],
    [undefined, false],
    ['text/html;q=0', false],
    [';;;,,,q=', false],
  ])('by Accept: %s is %s', (accept, wanted) => {
    expect(wantsHtml(undefined, accept)).toBe(wanted);
  });

  it('by f before Accept', () => {
    expect([wantsHtml('html', 'application/json'), wantsHtml('json', 'text/html')]).toEqual([true, false]);
    expect([wantsHtml('', 'text/html'), wantsHtml(['html'], undefined)]).toEqual([true, false]);
  });
});
