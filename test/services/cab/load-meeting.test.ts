import { afterEach, beforeEach, expect, it } from 'vitest';
import { cabCard } from '../../../src/bot/cards/answers/cab-card.ts';
import { renderMessage } from '../../../src/bot/slack/render/message.ts';
import { lineText } from '../../../src/core/card/line.ts';
import { loadMeeting } from '../../../src/services/cab/load-meeting.ts';
import { closePoll } from '../../../src/services/go-no-go/close-poll.ts';
import { overrideDecision } from '../../../src/services/go-no-go/override-decision.ts';
import { decideOnRequest } from '../../../src/services/requests/decide-request.ts';
import { checkMessage } from '../../bot/slack/render/check-limits.ts';
import { openWorld, type World } from '../../support/test-services.ts';
import { askForChange } from '../changes/late-change.ts';
import { accepted, openDecision, planRelease, voteGo, voteNoGo, voters } from '../steps.ts';

let world: World;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld();
  releaseId = await planRelease(world);
});
afterEach(() => world.close());

const load = (weekly?: { day: number; time: string }) =>
  loadMeeting({ ...world.services, cab: { meets: weekly, zone: 'UTC' } });
const words = (lines: readonly Parameters<typeof lineText>[0][]) => lines.map((one) => lineText(one));
const reviews = { next: undefined, last: undefined, today: '2030-06-17' };

it('has on its agenda what awaits a decision, and nothing that was decided', async () => {
  const pollId = await openDecision(world);
  const { requestId } = await askForChange(world);
  const { agenda, minutes } = await load();
  expect(words(agenda.emergency)).toEqual([
    expect.stringMatching(/^Go\/no-go for Web shop 2\.4\.0 \(web-2\.4\.0\): voting closes /),
    expect.stringMatching(
      /^Late change of Web shop 2\.4\.0 .*: Add the fix “The cart keeps its items after a login” \(Quinn Abara\)$/,
    ),
  ]);
  expect(minutes).toEqual([]);
  accepted(
    await decideOnRequest({
      ctx: world.as('rita'),
      input: { requestId, decision: 'refuse', reason: 'Too late.' },
    }),
  );
  for (const person of voters) accepted(await voteGo(world, pollId, person));
  accepted(await closePoll({ ctx: world.as('rita'), input: { pollId } }));
  const after = await load();
  expect(after.agenda).toEqual({ weekly: [], emergency: [] });
  const decided = words(after.minutes).join('\n');
  expect(decided).toContain('Web shop 2.4.0 (web-2.4.0): GO');
  expect(decided).toContain('Rita Moreno refused a late change');
});

it('minutes an override after the vote, with who and why', async () => {
  const pollId = await openDecision(world);
  accepted(await voteNoGo(world, pollId, 'quinn'));
  accepted(await closePoll({ ctx: world.as('rita'), input: { pollId } }));
  world.clock.moveBy(8 * 86_400_000);
  const input = { releaseKey: null, pollId, round: 1, reason: 'Customers wait for it.' };
  accepted(await overrideDecision({ ctx: world.as('rita'), input }));
  expect(words((await load()).minutes)).toEqual([
    expect.stringContaining('web-2.4.0): GO by override of Rita Moreno: Customers wait for it.'),
  ]);
});

it('leaves to the weekly meeting what can wait for it', async () => {
  await askForChange(world);
  const hour = 3_600_000;
  const soon = new Date(world.clock.now() + hour);
  const time = `${String(soon.getUTCHours()).padStart(2, '0')}:00`;
  const { agenda } = await load({ day: soon.getUTCDay() || 7, time });
  expect([agenda.weekly.length, agenda.emergency.length]).toEqual([1, 0]);
});

it('reviews what has ended since it met, and minutes no older decisions', async () => {
  await world.query(`update releases set state = 'completed', ended_at = $1 where id = $2`, [
    new Date(world.clock.now() - 86_400_000),
    releaseId,
  ]);
  expect(words((await load()).review)).toEqual([expect.stringContaining('Web shop 2.4.0 (web-2.4.0): ')]);
  world.clock.moveTo(world.clock.now() + 7 * 86_400_000);
  expect((await load()).review).toEqual([]);
});

it('says when the review of the process is overdue', async () => {
  const card = cabCard(await load(), { ...reviews, next: '2030-06-01', last: '2029-12-01' });
  const text = JSON.stringify(card);
  expect(text).toContain('⚠️ Next review of the release process: 2030-06-01. That has passed.');
  expect(text).toContain('Last one: 2029-12-01.');
  expect(text).toContain('Nothing awaits a decision.');
});

it('fits into a message, however much awaits a decision', async () => {
  const meeting = await load();
  const long = Array.from({ length: 40 }, (_, index) => `Late change ${index}: ${'x'.repeat(400)}`);
  const card = cabCard({ ...meeting, agenda: { weekly: long, emergency: long }, minutes: long }, reviews);
  expect(checkMessage(renderMessage(card))).toEqual([]);
});
