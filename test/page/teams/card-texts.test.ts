import { describe, expect, it } from 'vitest';
import { withLocalTimes } from '../../../sandbox/page/teams/cards/local-times.ts';
import { cardHtml, messageHtml } from '../../../sandbox/page/teams/cards/markdown.ts';
import { markMentions, unmarkMentions } from '../../../sandbox/page/teams/cards/mention-marks.ts';

const mention = (name: string) => ({
  type: 'mention' as const,
  text: `<at>${name}</at>`,
  mentioned: { id: '29:1', name },
});

describe('local times of a card', () => {
  it('are those of the zone', () => {
    const text = 'Go-live {{DATE(2026-12-15T23:30:00Z, SHORT)}} {{TIME(2026-12-15T23:30:00Z)}}';
    expect(withLocalTimes(text, 'Europe/Amsterdam')).toBe('Go-live Wed 16 Dec 2026 00:30');
    expect(withLocalTimes(text, 'UTC')).toBe('Go-live Tue 15 Dec 2026 23:30');
    expect(withLocalTimes('{{DATE(2026-12-15T23:30:00Z)}}', 'UTC')).toBe('15/12/2026');
    expect(withLocalTimes('{{DATE(2026-12-15T23:30:00Z, LONG)}}', 'UTC')).toBe('Tuesday 15 December 2026');
  });

  it.each([
    '{{DATE(2026-12-15)}}',
    '{{date(2026-12-15T23:30:00Z)}}',
    '{{TIME(2026-99-15T23:30:00Z)}}',
    '{{ TIME(x) }}',
  ])('leaves %s as it is', (text) => expect(withLocalTimes(text, 'UTC')).toBe(text));
});

describe('markdown of a card', () => {
  it('has bold, italic, lists and links', () => {
    expect(cardHtml('**b** _i_ [t](https://example.com)')).toBe(
      '<p><strong>b</strong> <em>i</em> <a target="_blank" rel="noreferrer" href="https://example.com">t</a></p>',
    );
    expect(cardHtml('- a\r- b')).toBe('<ul>\r<li>a</li>\r<li>b</li>\r</ul>');
  });

  it.each(['# h', '`c`', '---', '<b>x</b>', '<img src=x onerror=alert(1)>'])('shows %s as text', (text) => {
    expect(cardHtml(text)).toBe(`<p>${text.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</p>`);
  });

  it('leads nowhere but to the web and to mail', () => {
    expect(cardHtml('[x](javascript:alert%281%29)')).toContain('href=""');
    expect(cardHtml('[x](data:text/html,y)')).toContain('href=""');
  });

  it('is less than that of a message', () => {
    expect(messageHtml('> q')).toContain('<blockquote>');
    expect(messageHtml('<script>x</script>')).not.toContain('<script');
  });
});

describe('mentions', () => {
  it('are those that an entity explains', () => {
    const marked = markMentions('<at>Dana</at> and <at>Emil</at>', [mention('Dana')]);
    expect(cardHtml(marked)).toBe('<p><span class="mention">Dana</span> and &lt;at&gt;Emil&lt;/at&gt;</p>');
    expect(unmarkMentions(marked)).toBe('Dana and <at>Emil</at>');
  });

  it('keep a name as it is, whatever it looks like', () => {
    const name = '*D_a_na* <i>"F"</i> 🚢';
    const marked = markMentions(`<at>${name}</at>`, [mention(name)]);
    expect(unmarkMentions(marked)).toBe(name);
    expect(cardHtml(marked)).toBe(
      '<p><span class="mention">*D_a_na* &lt;i&gt;&quot;F&quot;&lt;/i&gt; 🚢</span></p>',
    );
  });

  it('can not be forged by what somebody types', () => {
    expect(cardHtml(markMentions('\uE00044\uE001', []))).toBe('<p>44</p>');
  });
});
