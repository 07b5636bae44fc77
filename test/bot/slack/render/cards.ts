import { progressBar } from '../../../../src/core/card/bar.ts';
import { bold, type Card, field, mention, paragraph, text } from '../../../../src/core/card/card.ts';

const goLive = {
  type: 'time',
  instant: '2026-12-08T14:00:00Z',
  fallback: 'Tue 8 Dec 2026, 15:00 CET',
  style: 'absolute',
} as const;

const dana = { name: 'Dana Fischer', identities: [{ platform: 'slack', id: 'U0DANA' }] };
const deployment = {
  type: 'place',
  name: '#release-deployment',
  destination: { channel: 'slack', kind: 'channel', id: 'C0DEPLOY' },
} as const;
const elsewhere = { type: 'place', name: 'status page', destination: null } as const;

/** One card per golden file of the same name. */
export const goldenCards: Record<string, Card> = {
  'every-block': {
    summary: 'web-2.4.0 goes live on 8 December',
    blocks: [
      { type: 'header', text: 'web-2.4.0 · T-7' },
      paragraph('Goes live ', goLive, '. ', bold('Code freeze'), ' is today.'),
      {
        type: 'list',
        ordered: false,
        items: [[text('Checkout in one step')], [text('Faster search'), text(' (beta)')]],
      },
      { type: 'list', ordered: true, items: [[text('Canary')], [], [text('Everybody')]] },
      { type: 'quote', content: [text('Ship small.')] },
      { type: 'code', text: 'kubectl get rollout web\n  web  4/4' },
      paragraph({ ...goLive, style: 'relative' }, ', see the ', {
        type: 'link',
        url: 'https://example.com/notes',
        text: 'release notes',
      }),
      paragraph(progressBar(10), ' 1 ✓ › 10 ● › 50 › 100'),
      paragraph({ type: 'bar', cells: ['go', 'no-go', 'open'] }),
      paragraph('READY: ', mention(dana), ', tell ', deployment, ' and ', elsewhere),
      {
        type: 'fields',
        fields: [field('Go-live', [goLive]), field('Owner', [mention(dana)]), field('Risk', 'low')],
      },
      {
        type: 'links',
        links: [
          { label: 'Dashboard', url: 'https://example.com/dashboard' },
          { label: 'Runbook', url: 'https://example.com/runbook' },
        ],
      },
      { type: 'divider' },
      { type: 'note', content: [text('Updated '), goLive] },
      { type: 'note', content: [progressBar(100), mention(dana), text(' in '), deployment] },
      {
        type: 'actions',
        buttons: [
          { action: 'vote-go', label: 'Go', style: 'primary', value: 'web-2.4.0:1' },
          { action: 'vote-no-go', label: 'No-go…', style: 'danger', value: 'web-2.4.0:1' },
          { action: 'open-details', label: 'Details', value: '' },
          {
            action: 'close-poll',
            label: 'Close now',
            value: 'web-2.4.0:1',
            confirm: { title: 'Close now?', text: 'Voting ends.', confirm: 'Close', deny: 'Keep it open' },
          },
        ],
      },
    ],
  },
  'hostile-text': {
    summary: '<!channel> @here & `code` ​\u202Eevil',
    blocks: [
      { type: 'header', text: '<!channel> :tada: *bold*\nsecond line' },
      paragraph(
        '<!everyone> <@U0RELMGR1> <#C1|general> @here #general http://evil.example ```` ` *not bold*',
      ),
      paragraph('\u202Eoverridden\u202C and מחר ', bold('שלום')),
      paragraph('half a pair: \uD83D, NUL: \u0000, family: 👩‍👩‍👧‍👦'),
      {
        type: 'note',
        content: [text('<!channel> _not italic_ <!here>')],
      },
      paragraph({ type: 'link', url: 'javascript:alert(1)', text: 'no link' }, ' ', {
        type: 'time',
        instant: 'soon',
        fallback: '',
        style: 'absolute',
      }),
      {
        type: 'actions',
        buttons: [
          {
            action: 'ack',
            label: ':boom: <!here>',
            value: '<!channel>',
            confirm: {
              title: '<!channel> *bold*\nsecond line',
              text: `<@U0RELMGR1> \u202Eevil ${'x'.repeat(400)}`,
              confirm: 'a label of more than thirty characters',
              deny: ' \u200b',
            },
          },
        ],
      },
    ],
  },
  'two-buttons-of-one-action': {
    summary: 'Two items wait for approval',
    blocks: [
      {
        type: 'actions',
        buttons: [
          { action: 'approve', label: 'Approve the first', value: '1' },
          { action: 'approve', label: 'Approve the second', value: '2' },
          { action: 'hold', label: 'Hold', value: '2' },
          { action: 'long', label: 'Carries too much', value: 'x'.repeat(2001) },
        ],
      },
    ],
  },
  'summary-only': { summary: 'Nothing else to say.', blocks: [] },
  empty: {
    summary: ' \u200b',
    blocks: [{ type: 'header', text: '' }, paragraph(''), { type: 'actions', buttons: [] }],
  },
};
