import { describe, expect, it } from 'vitest';
import { announce } from '../../../sandbox/page/text/announce.ts';
import { message } from '../make.ts';

const reader = { actor: 'URITA', nameOf: (id: string) => (id === 'UBOT' ? 'tminus' : id) };
const said = (...messages: ReturnType<typeof message>[]) => announce(messages, '5.000001', reader);

describe('announce', () => {
  it('tells who wrote what, in one line, decoded and shortened', () => {
    expect(said(message('6.000001', { text: 'Ready?\n &lt;now&gt;' }))).toBe('tminus: Ready? <now>');
    expect(said(message('6.000001', { text: 'x'.repeat(500) }))).toBe(`tminus: ${'x'.repeat(140)}…`);
  });

  it('tells the last of several, and how many there are', () => {
    expect(said(message('6.000001'), message('7.000001', { text: 'Go' }))).toBe(
      '2 new messages. The last: tminus: Go',
    );
  });

  it('is silent about what is known, and about one’s own', () => {
    expect(said(message('5.000001', { edits: 3 }), message('6.000001', { user: 'URITA' }))).toBe('');
  });
});
