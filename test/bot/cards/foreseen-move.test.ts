import { describe, expect, it } from 'vitest';
import { foreseenMoveBlocks } from '../../../src/bot/cards/answers/foreseen-move-blocks.ts';
import { renderForm } from '../../../src/bot/slack/render/form.ts';
import type { Card } from '../../../src/core/card/card.ts';
import type { MoveForecast } from '../../../src/services/lifecycle/forecast-move.ts';
import { examplePlan } from '../../core/plan/example-plan.ts';
import { checkView } from '../slack/render/check-limits.ts';

const before = Date.parse('2030-06-18T08:00:00Z');
const week = 7 * 86_400_000;
const titles = [
  'Readiness',
  'Change freeze',
  'Reminder',
  'Go/no-go',
  'Support briefing',
  'Go-live',
  'Review',
];
const plan = examplePlan();
const forecast: MoveForecast = {
  releaseKey: plan.release,
  plan: { ...plan, goLive: { ...plan.goLive, date: '2030-06-25' } },
  edit: null,
  foreseen: {
    before,
    goLiveAt: before + week,
    decision: { goTakenBack: true, pollClosed: false, asksAt: before + week - 86_400_000 },
    moved: titles.map((title, day) => {
      const from = before + (day - 5) * 86_400_000;
      return { title, from, to: from + week };
    }),
    sent: ['Announcement'],
    past: ['Early notice'],
    expired: ['Readiness check'],
    back: ['Second reminder'],
    corrected: [
      {
        destination: { channel: 'slack', kind: 'channel', id: 'C0SUPPORT' },
        name: '#support',
        audiences: ['Support'],
      },
      { destination: { channel: 'slack', kind: 'person', id: 'U0NINA' }, name: 'Nina Berg', audiences: [] },
      {
        destination: { channel: 'email', kind: 'address', id: 'customers' },
        name: 'email:customers',
        audiences: ['Customers'],
        ofList: { address: 'email:customers', recipients: 212 },
      },
    ],
    followers: 2,
    freeze: 'Summer freeze',
    seen: '',
  },
};
const nothing = { moved: [], sent: [], past: [], expired: [], back: [], corrected: [], followers: 0 };
const quiet: MoveForecast = {
  ...forecast,
  foreseen: {
    ...forecast.foreseen,
    ...nothing,
    freeze: null,
    decision: { goTakenBack: false, pollClosed: true, asksAt: null },
  },
};
const cardOf = (shown: MoveForecast): Card => ({
  summary: 'Move go-live',
  blocks: foreseenMoveBlocks(shown),
});

describe('what a move does', () => {
  it.each([
    ['move-foreseen', forecast],
    ['move-foreseen-little', quiet],
  ])('is shown before anything changes: %s', async (name, shown) => {
    await expect(`${JSON.stringify(cardOf(shown), null, 2)}\n`).toMatchFileSnapshot(
      `./golden/${name}.golden.json`,
    );
  });

  it('stays within what a form of Slack takes, however long the names are', () => {
    const long = 'x'.repeat(3_000);
    const { foreseen } = forecast;
    const hostile: MoveForecast = {
      ...forecast,
      releaseKey: long,
      foreseen: {
        ...foreseen,
        moved: foreseen.moved.map((item) => ({ ...item, title: long })),
        past: [long, long],
        freeze: long,
        corrected: foreseen.corrected.map((place) => ({ ...place, name: long, audiences: [long] })),
      },
    };
    const form = {
      name: 'confirm-reschedule',
      title: 'Move go-live',
      submit: 'Move it',
      cancel: 'Not now',
      body: foreseenMoveBlocks(hostile),
    };
    expect(checkView(renderForm(form))).toEqual([]);
  });
});
