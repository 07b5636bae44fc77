import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pollCard } from '../../../src/bot/cards/poll/poll-card.ts';
import type { RoleName } from '../../../src/core/plan/roles.ts';
import { findTasks } from '../../../src/db/queries/tasks.ts';
import { verifyAudit } from '../../../src/services/audit/verify-audit.ts';
import { castVote } from '../../../src/services/go-no-go/cast-vote.ts';
import { closePoll } from '../../../src/services/go-no-go/close-poll.ts';
import { prepareOverride } from '../../../src/services/go-no-go/override-decision.ts';
import { editRelease } from '../../../src/services/lifecycle/edit-release.ts';
import { markTaskDone, markTaskNotApplicable } from '../../../src/services/tasks/settle-task.ts';
import { openWorld, type PersonName, type World } from '../../support/test-services.ts';
import {
  accepted,
  auditOf,
  inWords,
  openDecision,
  outboxOf,
  planRelease,
  playUntil,
  pollOf,
  releaseOf,
  voteGo,
  voteNoGo,
  voters,
} from '../steps.ts';

let world: World;
let releaseId: string;
let pollId: string;
beforeEach(async () => {
  world = await openWorld();
  const { support_lead: _, ...roles } = world.plan.roles;
  releaseId = await planRelease(world, { roles });
  pollId = await openDecision(world);
});
afterEach(() => world.close());

const hourMs = 3_600_000;
const condition = (hours = 2) => ({
  text: 'The Safari tests pass.',
  owner: 'engineering_lead' as RoleName,
  dueAt: world.clock.now() + hours * hourMs,
});
const goIf = (person: PersonName, asked = condition()) =>
  castVote({
    ctx: world.as(person),
    input: { pollId, choice: 'conditional_go', reason: null, condition: asked },
  });
const close = () => closePoll({ ctx: world.as('rita'), input: { pollId } });
const conditionTasks = async () =>
  (await findTasks(world.services.db, [releaseId])).filter(({ kind }) => kind === 'condition');
const historyOf = (role: string) =>
  world.query<{ choice: string; ended_by: string | null }>(
    'select choice, ended_by from votes where role = $1 order by seq',
    [role],
  );

describe('a go on a condition', () => {
  it('counts as a go, and its condition is a task of whoever sees to it', async () => {
    for (const person of voters.filter((name) => name !== 'quinn'))
      accepted(await voteGo(world, pollId, person));
    accepted(await goIf('quinn'));
    expect(await conditionTasks()).toMatchObject([
      { title: 'The Safari tests pass.', owner: 'engineering_lead', state: 'open', dueAt: condition().dueAt },
    ]);
    expect(accepted(await close()).outcome).toBe('go');
    expect((await releaseOf(world, releaseId)).state).toBe('approved');
  });

  it('that is met in time stays a go', async () => {
    for (const person of voters.filter((name) => name !== 'quinn'))
      accepted(await voteGo(world, pollId, person));
    accepted(await goIf('quinn'));
    accepted(await close());
    const [task] = await conditionTasks();
    accepted(
      await markTaskDone({ ctx: world.as('emil'), input: { taskId: task?.id ?? '', evidence: null } }),
    );
    await playUntil(world, condition().dueAt + hourMs);
    expect((await releaseOf(world, releaseId)).state).toBe('approved');
    expect((await pollOf(world, releaseId)).votes.find(({ role }) => role === 'qa_lead')).toMatchObject({
      condition: { state: 'met' },
    });
    expect(await outboxOf(world)).not.toContain('condition-unmet');
  });

  it('that is not met in time is a no-go in the open poll, and says so', async () => {
    for (const person of voters.filter((name) => name !== 'quinn'))
      accepted(await voteGo(world, pollId, person));
    const asked = condition();
    accepted(await goIf('quinn', asked));
    await playUntil(world, asked.dueAt);
    expect(await outboxOf(world)).toContain('condition-unmet');
    expect(accepted(await close()).outcome).toBe('no_go');
  });

  it('that is not met in time takes an approval back', async () => {
    for (const person of voters.filter((name) => name !== 'quinn'))
      accepted(await voteGo(world, pollId, person));
    const asked = condition();
    accepted(await goIf('quinn', asked));
    accepted(await close());
    await playUntil(world, asked.dueAt);
    expect((await releaseOf(world, releaseId)).state).toBe('in_planning');
    expect(await pollOf(world, releaseId)).toMatchObject({ state: 'closed', outcome: 'no_go' });
    const events = (await auditOf(world, releaseId)).map(({ action }) => action);
    expect(events.slice(-4)).toEqual([
      'condition.judged',
      'poll.revised',
      'decision.recorded',
      'release.moved',
    ]);
    const [message] = await world.query<{ text: string }>(
      `select content::text as text from deliveries where subject = 'condition-unmet'`,
    );
    expect(message?.text).toContain('the go is taken back');
  });

  it('is not asked for any more once the vote is changed', async () => {
    const asked = condition();
    accepted(await goIf('quinn', asked));
    accepted(await voteGo(world, pollId, 'quinn'));
    expect(await conditionTasks()).toMatchObject([
      { state: 'not-applicable', reason: 'The vote that asked for it was changed.' },
    ]);
    await playUntil(world, asked.dueAt + 1);
    expect(await outboxOf(world)).not.toContain('condition-unmet');
  });

  it('can’t be put aside by anybody but the voter', async () => {
    accepted(await goIf('quinn'));
    const [task] = await conditionTasks();
    const input = { taskId: task?.id ?? '', reason: 'We don’t need it.' };
    expect(inWords(await markTaskNotApplicable({ ctx: world.as('rita'), input }))).toMatchObject({
      refusal: {
        message:
          '“The Safari tests pass.” is the condition of a vote. Only a changed vote makes it unnecessary: ask whoever voted.',
      },
    });
  });

  it('survives a change of the plan, which it does not come from', async () => {
    accepted(await goIf('quinn'));
    accepted(
      await editRelease({
        ctx: world.as('rita'),
        input: { plan: { ...(await releaseOf(world, releaseId)).plan, summary: 'Other words.' } },
      }),
    );
    expect(await conditionTasks()).toMatchObject([{ state: 'open' }]);
  });

  it('takes its go back in every poll in which that stood, and leaves it to be overridden', async () => {
    for (const person of voters.filter((name) => name !== 'quinn'))
      accepted(await voteGo(world, pollId, person));
    const asked = condition(40);
    accepted(await goIf('quinn', asked));
    accepted(await close());
    const later = await openDecision(world);
    accepted(await closePoll({ ctx: world.as('rita'), input: { pollId: later } }));
    expect((await pollOf(world, releaseId)).outcome).toBe('go_stands');
    await playUntil(world, asked.dueAt);
    expect((await releaseOf(world, releaseId)).state).toBe('in_planning');
    expect(await pollOf(world, releaseId)).toMatchObject({ id: later, outcome: 'no_go' });
    const override = await prepareOverride({ ctx: world.as('rita'), input: { releaseKey: null } });
    expect(accepted(override)).toMatchObject({ pollId: later });
    const card = pollCard(await releaseOf(world, releaseId), await pollOf(world, releaseId));
    expect(JSON.stringify(card)).toContain('ask-again');
    expect((await verifyAudit(world.services.db, world.services.trailKeys)).broken).toEqual([]);
  });

  it.each([
    ['a deadline that has passed', () => ({ ...condition(), dueAt: world.clock.now() }), 'has passed'],
    ['a deadline after go-live', () => ({ ...condition(), dueAt: world.clock.now() + 9e9 }), 'after go-live'],
    [
      'a role that nobody has',
      () => ({ ...condition(), owner: 'support_lead' as const }),
      'web-2.4.0 has no Support Lead. Choose somebody else for the condition.',
    ],
    ['no words', () => ({ ...condition(), text: ' ' }), 'needs the condition'],
  ])('needs no %s', async (_what, asked, message) => {
    const refused = inWords(await goIf('quinn', asked()));
    expect(JSON.stringify(refused)).toContain(message);
    expect(await conditionTasks()).toEqual([]);
  });
});

describe('an abstention', () => {
  it('is a vote, and blocks nothing', async () => {
    for (const person of voters.filter((name) => name !== 'sam'))
      accepted(await voteGo(world, pollId, person));
    const input = { pollId, choice: 'abstain' as const, reason: 'I was away.' };
    accepted(await castVote({ ctx: world.as('sam'), input }));
    expect(accepted(await close()).outcome).toBe('go');
  });

  it('needs a reason', async () => {
    const input = { pollId, choice: 'abstain' as const, reason: null };
    expect(inWords(await castVote({ ctx: world.as('sam'), input }))).toMatchObject({
      refusal: { code: 'invalid', message: 'An abstention needs a reason: say why you don’t decide.' },
    });
  });
});

it('a vote that is changed stays on record', async () => {
  accepted(await voteGo(world, pollId, 'quinn'));
  accepted(await voteNoGo(world, pollId, 'quinn'));
  accepted(await voteGo(world, pollId, 'quinn'));
  expect(await historyOf('qa_lead')).toEqual([
    { choice: 'go', ended_by: 'changed' },
    { choice: 'no_go', ended_by: 'changed' },
    { choice: 'go', ended_by: null },
  ]);
  expect((await pollOf(world, releaseId)).votes).toHaveLength(1);
});

it('a no-go says what it is about', async () => {
  const input = {
    pollId,
    choice: 'no_go' as const,
    reason: 'An open finding.',
    category: 'security' as const,
  };
  accepted(await castVote({ ctx: world.as('sam'), input }));
  accepted(await voteNoGo(world, pollId, 'quinn'));
  expect((await pollOf(world, releaseId)).votes.map(({ category }) => category)).toEqual([
    'security',
    'other',
  ]);
});
