import { describe, expect, it } from 'vitest';
import { releaseCard } from '../../../../src/bot/cards/answers/release-card.ts';
import { plainText, renderMessage } from '../../../../src/bot/slack/render/message.ts';
import { bold, type Card, fieldLine, paragraph, text } from '../../../../src/core/card/card.ts';
import { examplePlan } from '../../../core/plan/example-plan.ts';
import { checkMessage, visibleText } from '../../slack/render/check-limits.ts';
import { examplePoll, exampleRelease, operation, vote } from '../examples.ts';

const itemsOf = (card: Card) =>
  card.blocks.flatMap((block) => {
    if (block.type === 'list') return block.items.map(plainText);
    return block.type === 'fields' ? block.fields.map((one) => plainText(fieldLine(one))) : [];
  });

describe('the answer to /release show', () => {
  it('has the whole plan but its messages', async () => {
    const card = `${JSON.stringify(releaseCard(exampleRelease(), null), null, 2)}\n`;
    await expect(card).toMatchFileSnapshot('./golden/release.golden.json');
  });

  it('has what was recorded last, as the word of a person', () => {
    const recorded = { state: 'recorded', toPercent: 50, observedPercent: null } as const;
    const shown = (withoutGo: boolean) =>
      releaseCard(exampleRelease(), null, { record: operation({ ...recorded, withoutGo }) }).blocks.map(
        (block) => (block.type === 'paragraph' ? plainText(block.content) : ''),
      );
    const words =
      'Without tminus: Tue 18 Jun 2030, 10:05 (Europe/Amsterdam): deployed to 50 % of traffic, recorded by Dana Fischer.';
    expect(shown(false)).toContain(words);
    expect(shown(true)).toContain(`${words} There was no go decision.`);
  });

  it('has the links of the plan', () => {
    const links = { runbook: 'https://wiki.example.com/rollback', build: 'https://ci.example.com/1' };
    const card = releaseCard(exampleRelease({ plan: examplePlan({ links }) }), null);
    expect(card.blocks).toContainEqual({
      type: 'links',
      links: [
        { label: 'Build', url: 'https://ci.example.com/1' },
        { label: 'Runbook', url: 'https://wiki.example.com/rollback' },
      ],
    });
  });

  it('marks those who vote, and nobody else', () => {
    const plan = examplePlan({ goNoGo: { roles: ['qa_lead', 'security_lead'] } });
    const voters = itemsOf(releaseCard(exampleRelease({ plan }), null)).filter((item) =>
      item.endsWith(', votes'),
    );
    expect(voters).toEqual(['QA Lead: Quinn Abara, votes', 'Security Lead: Sam Okoye, votes']);
  });

  it('tells each poll of the plan in the zone of the release, whatever the clocks do meanwhile', () => {
    const plan = examplePlan({
      // Amsterdam's clocks go back on 27 October 2030.
      goLive: { date: '2030-10-28', time: '10:00', zone: 'Europe/Amsterdam' },
      goNoGo: {
        polls: [
          { key: 'board', kind: 'readiness', opens: { goLive: '-P2D' }, closes: { goLive: '-PT12H' } },
          {
            key: 'last',
            kind: 'decision',
            opens: { offset: '-P1D', time: '16:00' },
            closes: { goLive: '-PT30M' },
          },
        ],
      },
    });
    expect(itemsOf(releaseCard(exampleRelease({ plan }), null))).toEqual(
      expect.arrayContaining([
        'Go/no-go readiness check: Sat 26 Oct 2030, 11:00 (Europe/Amsterdam) to Sun 27 Oct 2030, 22:00 (Europe/Amsterdam)',
        'Go/no-go decision: Sun 27 Oct 2030, 16:00 (Europe/Amsterdam) to Mon 28 Oct 2030, 09:30 (Europe/Amsterdam)',
      ]),
    );
  });

  it('fits into one Slack message however large the plan is, who and when before the phases', () => {
    const criteria = Array.from({ length: 20 }, () => ({ metric: 'latency-p95' as const, below: 200 }));
    const phases = Array.from({ length: 20 }, (_, index) => ({ trafficPercent: (index + 1) * 5, criteria }));
    const plan = examplePlan({ rollout: { phases } });
    const message = renderMessage(releaseCard(exampleRelease({ plan }), null));
    expect(checkMessage(message)).toEqual([]);
    expect(visibleText(message.blocks)).toContain('Security Lead: Sam Okoye, votes');
    expect(visibleText(message.blocks)).toContain('Go/no-go decision: ');
    expect(visibleText(message.blocks)).toContain('… Shortened');
  });

  it('tells how the last go/no-go stands, with every reason in full', () => {
    const reason =
      `The migration takes the site down.\n${'It ran for an hour on the copy. '.repeat(20)}`.trim();
    const votes = [vote('qa_lead', 'no_go', 'Two tests fail.'), vote('security_lead', 'no_go', reason)];
    const card = releaseCard(exampleRelease(), examplePoll({ votes }));
    expect(itemsOf(card)).toContain('QA Lead (Quinn Abara): no-go: Two tests fail.');
    expect(card.blocks).toContainEqual(paragraph(bold('web-2.4.0: go/no-go, 2 of 6 voted')));
    expect(card.blocks.filter(({ type }) => type === 'quote')).toEqual([
      { type: 'quote', content: [text(reason)] },
    ]);
    const closed = examplePoll({ votes, state: 'closed', outcome: 'no_go', closedAt: 1 });
    expect(releaseCard(exampleRelease(), closed).blocks).toContainEqual(
      paragraph(bold('web-2.4.0: go/no-go closed, NO-GO')),
    );
  });
});
