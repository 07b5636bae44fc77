import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { validateCard } from '../../../../sandbox/teams/cards/validate-card.ts';
import { scheduleCard } from '../../../../src/bot/cards/answers/schedule-card.ts';
import { timelineCard } from '../../../../src/bot/cards/answers/timeline-card.ts';
import { renderMessage as renderForSlack } from '../../../../src/bot/slack/render/message.ts';
import { renderMessage as renderForTeams } from '../../../../src/bot/teams/render/message.ts';
import type { Card } from '../../../../src/core/card/card.ts';
import { parsePlan } from '../../../../src/core/plan-file/parse-plan.ts';
import { deriveSchedule } from '../../../../src/core/schedule/derive-schedule.ts';
import { cardText } from '../../../../src/core/template/card-text.ts';
import type { PlannedCommunication } from '../../../../src/db/queries/schedule.ts';
import { checkMessage } from '../../slack/render/check-limits.ts';
import { exampleRelease } from '../examples.ts';

const read = parsePlan(readFileSync('examples/banking-5.0.0.yaml', 'utf8'));
if (!read.ok) throw new Error(JSON.stringify(read.problems));
const { plan } = read;
const release = exampleRelease({
  plan: { ...plan, channels: { ...plan.channels, blog: undefined } },
  key: plan.release,
});
const schedule = deriveSchedule(release.plan).map((item, index): PlannedCommunication => {
  const known = { id: String(index), item, note: null, dueAt: item.dueAt };
  if (item.label === 'T-21' || item.key === 'readiness-review') return { ...known, state: 'sent' };
  if (item.key === 'advisory-board-briefing')
    return { ...known, state: 'failed', note: 'The address is refused.' };
  return { ...known, state: 'planned' };
});

/** What each platform shows, whole and within its limits. */
function expectWhole(card: Card): { slack: unknown; teams: unknown } {
  const slack = renderForSlack(card);
  const teams = renderForTeams(card);
  expect(checkMessage(slack)).toEqual([]);
  expect(validateCard(teams.attachments?.[0]?.content)).toEqual([]);
  expect(JSON.stringify([slack, teams])).not.toContain('hortened');
  return { slack, teams };
}

describe('the schedule of an enterprise', () => {
  it('is shown whole on both platforms: every item, those that go nowhere or failed with the reason', async () => {
    const card = scheduleCard(release, schedule);
    const shown = expectWhole(card);
    for (const { item } of schedule) expect(cardText(card)).toContain(item.title);
    for (const [platform, message] of Object.entries(shown)) {
      const file = `./golden/schedule-enterprise.${platform}.golden.json`;
      await expect(`${JSON.stringify(message, null, 2)}\n`).toMatchFileSnapshot(file);
    }
    expect(cardText(card)).toContain('⚠️ Nowhere: no destination for the blog. Add channels.blog: ');
    expect(cardText(card)).toContain(
      '⛔ Could not be delivered (The address is refused.): Customer advisory',
    );
  });

  it.each([...new Set(schedule.map(({ item }) => item.label || 'setbacks'))])(
    'shows %s with times and places',
    (part) => {
      const card = scheduleCard(release, schedule, { part });
      expectWhole(card);
      const items = schedule.filter(({ item }) => (item.label || 'setbacks') === part);
      for (const { item } of items) expect(cardText(card)).toContain(`${item.title}`);
      expect(card.blocks.length).toBeGreaterThan(3);
    },
  );

  it('says that a day has nothing', () => {
    expect(cardText(scheduleCard(release, schedule, { part: 'T-99' }))).toContain(
      'Nothing is scheduled at T-99.',
    );
  });

  it('is whole in the timeline, too, and after a cancellation', () => {
    expectWhole(timelineCard(release.plan));
    const note = 'Not sent: the release was cancelled.';
    const cancelled = schedule.map((entry) => ({ ...entry, state: 'withheld' as const, note }));
    expectWhole(scheduleCard(release, cancelled));
  });
});
