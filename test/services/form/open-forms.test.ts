import { afterEach, beforeEach, expect, it } from 'vitest';
import { followOperation } from '../../../src/bot/cards/form/operation-ended.ts';
import { askGoNoGoForm } from '../../../src/bot/interactions/forms/ask-go-no-go.ts';
import { cancelReleaseForm } from '../../../src/bot/interactions/forms/cancel-release.ts';
import { noGoForm } from '../../../src/bot/interactions/forms/no-go.ts';
import { pauseReleaseForm } from '../../../src/bot/interactions/forms/pause-release.ts';
import { promoteForm } from '../../../src/bot/interactions/forms/promote.ts';
import { rollBackForm } from '../../../src/bot/interactions/forms/roll-back.ts';
import { rescheduleReleaseForm } from '../../../src/bot/interactions/reschedule-forms.ts';
import { decodeDestination } from '../../../src/core/address/destination.ts';
import type { Form } from '../../../src/core/card/form.ts';
import { formCard } from '../../../src/core/card/form-card.ts';
import { refreshCards } from '../../../src/jobs/cards/refresh-cards.ts';
import { pruneForms } from '../../../src/jobs/maintenance/prune-forms.ts';
import { drainDestination } from '../../../src/jobs/outbox/drain-destination.ts';
import { replyToMessage } from '../../../src/services/conversation/reply-to-message.ts';
import { endForm } from '../../../src/services/form/end-form.ts';
import { watchForm } from '../../../src/services/form/watch-form.ts';
import { closePoll } from '../../../src/services/go-no-go/close-poll.ts';
import { prepareGoNoGo } from '../../../src/services/go-no-go/open-poll.ts';
import { asSystem } from '../../../src/services/kernel/context.ts';
import { cancelRelease } from '../../../src/services/lifecycle/cancel-release.ts';
import { pauseRelease } from '../../../src/services/lifecycle/pause-release.ts';
import { prepareReschedule, rescheduleRelease } from '../../../src/services/lifecycle/reschedule-release.ts';
import { resumeRelease } from '../../../src/services/lifecycle/resume-release.ts';
import { preparePromotion } from '../../../src/services/rollout/promote-rollout.ts';
import { prepareRollback, rollBackRollout } from '../../../src/services/rollout/roll-back-rollout.ts';
import { goLive, idOf, openWorld, type World } from '../../support/test-services.ts';
import {
  accepted,
  approvedRelease,
  openDecision,
  planRelease,
  promote,
  promoteAndConfirm,
  releaseAtOnePercent,
  releaseOf,
  runToTheEnd,
  voteGo,
} from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const view = 'slack:form:V1';
const releaseKey = 'web-2.4.0';
const reason = 'An audit.';

/** Somebody has a form open. Nothing is said of it so far. */
async function open(form: Pick<Form, 'name' | 'metadata'>): Promise<void> {
  const { name, metadata } = form;
  const opened = { name, metadata: { ...metadata } };
  const input = { form: opened, channel: 'slack', view: { id: 'V1', hash: 'h1' } };
  accepted(await watchForm({ ctx: asSystem(world.services, 'form'), input }));
  expect(await said()).toEqual([]);
}

/** What has taken the form's place, one after the other. */
async function said(): Promise<string[]> {
  const refresh = () => refreshCards(world.jobs, decodeDestination(view));
  for (let wait = await refresh(); wait !== null; wait = await refresh()) world.wall.now += wait;
  return world.platform.calls.filter(({ destination }) => destination === view).map(({ text }) => text);
}

const openPromotion = async () =>
  open(
    promoteForm(
      accepted(await preparePromotion({ ctx: world.as('dana'), input: { releaseKey, target: 'next' } })),
    ),
  );
const openRollback = async () => {
  const facts = accepted(await prepareRollback({ ctx: world.as('emil'), input: { releaseKey } }));
  await open(rollBackForm({ ...facts, reason: '' }));
};
const pause = () => pauseRelease({ ctx: world.as('rita'), input: { releaseKey, reason, until: null } });
const cancel = () => cancelRelease({ ctx: world.as('rita'), input: { releaseKey, reason } });
const move = async (date: string) => {
  const { goLiveAt: from } = accepted(
    await prepareReschedule({ ctx: world.as('rita'), input: { releaseKey } }),
  );
  const input = { releaseKey, date, time: '10:00', reason, from };
  return rescheduleRelease({ ctx: world.as('rita'), input });
};

it('leaves a form alone while others vote, and says who closed the poll', async () => {
  await planRelease(world);
  const pollId = await openDecision(world);
  await open(noGoForm({ pollId: pollId, round: 1 }));
  accepted(await voteGo(world, pollId, 'quinn'));
  expect(await said()).toEqual([]);
  accepted(await closePoll({ ctx: world.as('rita'), input: { pollId } }));
  expect(await said()).toEqual([
    expect.stringMatching(
      /^Already decided\. Rita Moreno closed the go\/no-go for web-2\.4\.0 \(.+\), so your vote can't be counted\.$/,
    ),
  ]);
});

it('says that voting closed by itself', async () => {
  await planRelease(world);
  const pollId = await openDecision(world);
  await open(noGoForm({ pollId: pollId, round: 1 }));
  accepted(await closePoll({ ctx: asSystem(world.services), input: { pollId } }));
  expect(await said()).toEqual([
    expect.stringMatching(
      /^Already decided\. Voting on web-2\.4\.0 closed .+, so your vote can't be counted\.$/,
    ),
  ]);
});

it('says that somebody else has promoted, at once and when it is confirmed', async () => {
  const releaseId = await approvedRelease(world);
  world.clock.moveTo(goLive);
  await openPromotion();
  accepted(await promote(world));
  const [underWay] = await said();
  expect(underWay).toMatch(/^Dana Fischer is already promoting web-2\.4\.0 to 1 % \(.+\)\.$/);
  await runToTheEnd(world, releaseId);
  expect((await said()).at(-1)).toMatch(/^Dana Fischer already promoted web-2\.4\.0 to 1 % \(.+\)\.$/);
});

it('says in the window that has begun a promotion how that ended', async () => {
  const releaseId = await approvedRelease(world);
  world.clock.moveTo(goLive);
  const { operationId } = accepted(await promote(world));
  await open(followOperation(releaseKey, operationId ?? ''));
  await runToTheEnd(world, releaseId);
  expect(await said()).toEqual(['web-2.4.0: started with 1 %']);
});

it('says there that it was cancelled: a rollback took its place', async () => {
  await approvedRelease(world);
  world.clock.moveTo(goLive);
  const { operationId } = accepted(await promote(world));
  await open(followOperation(releaseKey, operationId ?? ''));
  accepted(await rollBackRollout({ ctx: world.as('emil'), input: { releaseKey, reason } }));
  expect(await said()).toEqual(['Cancelled']);
});

it.each([
  [
    'paused',
    pause,
    /^web-2\.4\.0 is already paused since .+, until it is resumed\. Rita Moreno paused it\.$/,
  ],
  ['cancelled', cancel, /^Rita Moreno cancelled web-2\.4\.0 \(.+\)\.$/],
])('says of a promotion that the release was %s', async (_what, happens, words) => {
  await approvedRelease(world);
  world.clock.moveTo(goLive);
  await openPromotion();
  accepted<unknown>(await happens());
  expect(await said()).toEqual([expect.stringMatching(words)]);
});

it('says of a promotion that the day was moved, which takes the go back', async () => {
  await approvedRelease(world);
  world.clock.moveTo(goLive);
  await openPromotion();
  accepted(await move('2030-07-18'));
  expect(await said()).toEqual(['web-2.4.0 is no longer approved.']);
});

it('says of a rollback that somebody else has begun one, and that it is done', async () => {
  const releaseId = await releaseAtOnePercent(world);
  await openRollback();
  accepted(await rollBackRollout({ ctx: world.as('emil'), input: { releaseKey, reason } }));
  expect(await said()).toEqual([
    expect.stringMatching(/^Emil Novak is already rolling back web-2\.4\.0 \(.+\)\.$/),
  ]);
  await runToTheEnd(world, releaseId);
  expect((await said()).at(-1)).toMatch(/^Emil Novak rolled back web-2\.4\.0 \(.+\)\.$/);
});

it('leaves a rollback alone while the traffic changes', async () => {
  const releaseId = await releaseAtOnePercent(world);
  await openRollback();
  accepted(await pause());
  await promoteAndConfirm(world, releaseId).catch(() => undefined);
  expect(await said()).toEqual([]);
});

it('says of a cancellation that the rollout has begun, or that it is cancelled', async () => {
  const releaseId = await approvedRelease(world);
  await open(cancelReleaseForm(await releaseOf(world, releaseId)));
  world.clock.moveTo(goLive);
  accepted(await promote(world));
  expect(await said()).toEqual(['The rollout of web-2.4.0 has begun.']);
});

it('says of a cancellation that somebody else has cancelled', async () => {
  const releaseId = await planRelease(world);
  await open(cancelReleaseForm(await releaseOf(world, releaseId)));
  accepted(await cancel());
  expect(await said()).toEqual([expect.stringMatching(/^Rita Moreno cancelled web-2\.4\.0 \(.+\)\.$/)]);
});

it('says of a pause that the release is paused', async () => {
  const releaseId = await planRelease(world);
  await open(pauseReleaseForm(await releaseOf(world, releaseId)));
  accepted(await pause());
  expect(await said()).toEqual([expect.stringMatching(/^web-2\.4\.0 is already paused since /)]);
  accepted(await resumeRelease({ ctx: world.as('rita'), input: { releaseKey } }));
  expect(await said()).toHaveLength(1);
});

it('says of a move that the day was moved meanwhile', async () => {
  await planRelease(world);
  const facts = accepted(await prepareReschedule({ ctx: world.as('rita'), input: { releaseKey } }));
  await open(rescheduleReleaseForm(facts));
  accepted(await move('2030-07-18'));
  expect(await said()).toEqual([
    expect.stringMatching(/^Rita Moreno moved the go-live of web-2\.4\.0 to .*18 Jul 2030/),
  ]);
});

it('says of a question that it has been asked', async () => {
  await planRelease(world);
  const facts = accepted(await prepareGoNoGo({ ctx: world.as('rita'), input: { releaseKey } }));
  await open(askGoNoGoForm(facts));
  await openDecision(world);
  expect(await said()).toEqual([
    expect.stringMatching(/^The go\/no-go for web-2\.4\.0 is already open\. Voting closes .+\.$/),
  ]);
});

it('says it at once when that happened while the form was opening', async () => {
  const releaseId = await planRelease(world);
  const { name, metadata } = cancelReleaseForm(await releaseOf(world, releaseId));
  accepted(await cancel());
  const input = {
    form: { name, metadata: { ...metadata } },
    channel: 'slack',
    view: { id: 'V1', hash: 'h1' },
  };
  accepted(await watchForm({ ctx: asSystem(world.services, 'form'), input }));
  expect(world.workItems).toContainEqual({ job: 'card', destination: decodeDestination(view) });
  expect(await said()).toHaveLength(1);
});

it('lets a form be that was closed or submitted meanwhile, and asks no second time', async () => {
  const releaseId = await planRelease(world);
  await open(pauseReleaseForm(await releaseOf(world, releaseId)));
  world.platform.failUpdates(view, {
    result: 'not-editable',
    code: 'hash_conflict',
    detail: 'It has changed.',
  });
  accepted(await pause());
  expect(await said()).toHaveLength(1);
  accepted(await move('2030-07-18'));
  expect(await said()).toHaveLength(1);
});

it('forgets a form after a day', async () => {
  const releaseId = await planRelease(world);
  await open(pauseReleaseForm(await releaseOf(world, releaseId)));
  accepted(await pause());
  await said();
  world.wall.now += 24 * 3_600_000 - 1;
  await pruneForms(world.jobs);
  const left = () =>
    world.query(`select 1 from cards where kind = 'form' union all select 1 from open_forms
      union all select 1 from paces where destination like '%:form:%'`);
  expect(await left()).not.toEqual([]);
  world.wall.now += 2;
  await pruneForms(world.jobs);
  expect(await left()).toEqual([]);
});

it('draws a form in a message as it was written, and takes it out once it is untrue', async () => {
  const releaseId = await planRelease(world);
  const content = formCard(pauseReleaseForm(await releaseOf(world, releaseId)));
  const destination = { channel: 'slack', kind: 'person' as const, id: idOf('rita') };
  accepted(await replyToMessage({ ctx: world.as('rita'), input: { destination, replyTo: null, content } }));
  await drainDestination(world.jobs, destination);
  const message = () => world.platform.messages.find((one) => one.destination.startsWith('slack:person:'));
  expect(message()?.card).toEqual(content);
  accepted(await pause());
  await refreshCards(world.jobs, destination);
  expect(message()?.card.blocks[0]).toMatchObject({ type: 'paragraph' });
});

it('leaves the answer that takes the place of a form in a message', async () => {
  const releaseId = await planRelease(world);
  const content = formCard(pauseReleaseForm(await releaseOf(world, releaseId)));
  const destination = { channel: 'slack', kind: 'person' as const, id: idOf('rita') };
  accepted(await replyToMessage({ ctx: world.as('rita'), input: { destination, replyTo: null, content } }));
  await drainDestination(world.jobs, destination);
  const { messageId = '', channelId = '' } =
    world.platform.messages.find((one) => one.destination.startsWith('slack:person:')) ?? {};
  const input = { channel: 'slack', messageId, channelIds: [channelId] };
  accepted(await endForm({ ctx: asSystem(world.services, 'form'), input }));
  const before = world.platform.calls.length;
  accepted(await pause());
  await refreshCards(world.jobs, destination);
  expect(world.platform.calls).toHaveLength(before);
});
