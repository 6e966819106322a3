import { describe, expect, test } from '@jest/globals';
import { html } from './html.js';

const HOSTILE = `"><script>alert('1')</script><img src=x onerror=alert(1)>&amp;`;

describe('markup made of a template', () => {
  test('holds text as text, in an element and in an attribute', () => {
    const { text } = html`<p title="${HOSTILE}">${HOSTILE}</p>`;
    expect(text.match(/</g)).toHaveLength(2);
    expect(text.match(/>/g)).toHaveLength(2);
    expect(text.match(/"/g)).toHaveLength(2);
    expect(text).not.toContain("'");
    expect(text).toContain('&amp;amp;');
  });

  test('holds markup as it is, lists one after another, and nothing for nothing', () => {
    const items = ['a<b', undefined, 3].map((each) => html`<i>${each}</i>`);
    const made = html`<b>${items}</b>`;
    expect(made.text).toBe('<b><i>a&lt;b</i><i></i><i>3</i></b>');
  });

  test.each(['\u0000', '\u001b', '\u202e', '\ud800', '\uffff'])(
    'holds no character that XML cannot hold, or that turns text around: %j',
    (character) => {
      expect(html`${`a${character}b`}`.text).toBe('a\ufffdb');
    },
  );
});
