import fc from 'fast-check';
import { expect, it } from 'vitest';
import { html } from '../../src/lib/html.ts';

it('keeps whatever text it is given literal, in tags and in attributes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const made = html`<p title="${text}">${[text, html`<b>${text}</b>`]}</p>`.toString();
      expect(made.match(/[<>]/g)).toEqual(['<', '>', '<', '>', '<', '>', '<', '>']);
      expect(made.match(/"/g)).toEqual(['"', '"']);
    }),
  );
});

it('writes nothing for what is not there, and numbers as they are', () => {
  expect(html`<i>${null}${undefined}${0}</i>`.toString()).toBe('<i>0</i>');
});
