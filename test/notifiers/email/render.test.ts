import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { type Card, command, mention, paragraph, text } from '../../../src/core/card/card.ts';
import { localDate } from '../../../src/core/card/local-date.ts';
import { compose } from '../../../src/notifiers/email/compose.ts';
import { EmailSettings } from '../../../src/notifiers/email/schema.ts';
import { hostile } from '../../app/hostile-texts.ts';

const settings = EmailSettings.parse({ server: { host: 'mail.example' }, from: 'releases@shop.example' });
const goLive = Date.parse('2030-06-18T08:00:00Z');

const everything: Card = {
  summary: 'Web shop 2.4.0 goes live on Tuesday',
  blocks: [
    { type: 'header', text: 'Web shop **2.4.0** <soon>' },
    paragraph('It goes live ', localDate(goLive, 'Europe/Amsterdam'), '. See ', {
      type: 'link',
      text: 'the page',
      url: 'https://example.com/?a=1&b="2"',
    }),
    { type: 'list', ordered: true, items: [[text('one')], [text('two')]] },
    { type: 'list', ordered: false, items: [[text('this')], [text('that')]] },
    { type: 'quote', content: [text('words\nmore words')] },
    { type: 'code', text: 'code <b>' },
    { type: 'fields', fields: [{ name: 'Downtime', content: [text('none')] }] },
    {
      type: 'links',
      links: [
        { label: 'Runbook', url: 'https://example.com/r' },
        { label: 'Trap', url: 'javascript:alert(1)' },
      ],
    },
    { type: 'divider' },
    {
      type: 'note',
      content: [
        text('small '),
        command('release', 'show web-2.4.0'),
        text(' '),
        mention({ name: 'Rita', identities: [] }),
      ],
    },
    { type: 'actions', buttons: [{ action: 'vote-go', label: 'Go', value: '{}' }] },
  ],
};

/** Controls apart from line feed and tab, and marks that change the direction. */
const unseen = /(?![\n\t])\p{Cc}|[\u202e\u2067\ufeff]/u;

async function rendered(card: Card, more: { zone?: string; unsubscribeUrl?: string } = {}) {
  const list = { name: 'customers', title: 'News <for> customers' };
  const recipient = { address: 'ann@example.com', list, zone: more.zone };
  const { unsubscribeUrl } = more;
  return PostalMime.parse(
    await compose(settings, { recipient, card, deliveryId: 'delivery-1', unsubscribeUrl }),
  );
}

describe('a message', () => {
  it('is the same in HTML and in text', async () => {
    const mail = await rendered(everything, { unsubscribeUrl: 'https://releases.example/u?token=1' });
    await expect(mail.html).toMatchFileSnapshot('golden/message.html');
    await expect(mail.text).toMatchFileSnapshot('golden/message.txt');
  });

  it('loads nothing, opens nothing but pages, and has no buttons', async () => {
    const { html = '' } = await rendered(everything);
    expect(html).not.toMatch(/<img|<script|<link|@import|url\(|src=|javascript:|vote-go/i);
  });

  it("writes instants in the list's zone, else in the release's, and names it", async () => {
    expect((await rendered(everything)).text).toContain('Tue 18 Jun 2030, 10:00 (Europe/Amsterdam)');
    expect((await rendered(everything, { zone: 'America/New_York' })).text).toContain(
      'Tue 18 Jun 2030, 04:00 (America/New_York)',
    );
  });

  it.each(Object.entries(hostile))('takes %s literally', async (_, words) => {
    const card: Card = {
      summary: words,
      blocks: [
        { type: 'header', text: words },
        paragraph(words, { type: 'link', text: words, url: words }),
        { type: 'links', links: [{ label: words, url: words }] },
      ],
    };
    const { html = '', text: plain = '', headers } = await rendered(card);
    expect(html).not.toMatch(/<(b|https|at|script|img)\b/i);
    expect(plain).not.toMatch(unseen);
    expect(html).not.toMatch(unseen);
    expect(headers.filter(({ key }) => key === 'subject')).toHaveLength(1);
  });

  it('says its summary when nothing else can be shown', async () => {
    const mail = await rendered({ summary: 'Alone', blocks: [] });
    expect([mail.text, mail.html]).toEqual([
      expect.stringContaining('Alone'),
      expect.stringContaining('>Alone<'),
    ]);
  });
});
