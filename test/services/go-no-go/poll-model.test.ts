import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countsAs } from '../../../src/core/go-no-go/vote.ts';
import { compareState } from '../../../src/services/audit/compare-state.ts';
import { castVote } from '../../../src/services/go-no-go/cast-vote.ts';
import { closePoll } from '../../../src/services/go-no-go/close-poll.ts';
import { overrideDecision } from '../../../src/services/go-no-go/override-decision.ts';
import { editRelease } from '../../../src/services/lifecycle/edit-release.ts';
import { markTaskDone } from '../../../src/services/tasks/settle-task.ts';
import { goLive, openWorld, type PersonName, type World } from '../../support/test-services.ts';
import { accepted, openDecision, planRelease, playUntil, pollOf, releaseOf, voters } from '../steps.ts';
import { type Choice, PollModel } from './poll-model.ts';

interface Real {
  world: World;
  releaseId: string;
  /** What the buttons on the cards would carry: the last poll that was opened. */
  pollId: string | null;
}
type Command = fc.AsyncCommand<PollModel, Real>;

const hourMs = 3_600_000;
const roleOf = {
  ...{ rita: 'release_manager', emil: 'engineering_lead', quinn: 'qa_lead' },
  ...{ dana: 'devops_lead', priya: 'product_owner', sam: 'security_lead' },
} as const;

/** What the product says has to be what the model says. */
async function compare(model: PollModel, { world, releaseId, pollId }: Real): Promise<void> {
  const release = await releaseOf(world, releaseId);
  expect(release.state).toBe(model.approved ? 'approved' : 'in_planning');
  if (pollId === null || !model.last) return;
  const poll = await pollOf(world, releaseId);
  expect({ open: poll.state === 'open', outcome: poll.outcome, round: poll.round }).toEqual({
    open: model.last.open,
    outcome: model.last.outcome,
    round: model.last.round,
  });
  const counted = Object.fromEntries(poll.votes.map((vote) => [vote.role, [vote.choice, countsAs(vote)]]));
  const expected = [...model.last.votes].map(([person, { choice, verdict }]) => {
    const isFor = choice === 'go' || choice === 'conditional_go';
    const counts = choice === 'no_go' || verdict === 'unmet' ? 'against' : isFor ? 'for' : 'neither';
    return [roleOf[person as (typeof voters)[number]], [choice, counts]];
  });
  expect(counted).toEqual(Object.fromEntries(expected));
}

function command(name: string, run: (model: PollModel, real: Real) => Promise<void>): Command {
  return {
    check: () => true,
    run: async (model, real) => {
      await run(model, real);
      await compare(model, real);
    },
    toString: () => name,
  };
}

const ask = command('ask', async (model, real) => {
  model.ask();
  real.pollId = await openDecision(real.world);
});

const vote = (person: PersonName, choice: Choice, hours: number) =>
  command(
    `${person}: ${choice}${choice === 'conditional_go' ? ` in ${hours} h` : ''}`,
    async (model, real) => {
      if (real.pollId === null) return;
      const dueAt = choice === 'conditional_go' ? model.now + hours * hourMs : null;
      const counted = model.vote(person, choice, dueAt);
      const condition =
        dueAt === null ? null : { text: `What ${person} wants.`, owner: 'qa_lead' as const, dueAt };
      const input = { pollId: real.pollId, choice, reason: 'So.', condition };
      expect((await castVote({ ctx: real.world.as(person), input })).ok).toBe(counted);
    },
  );

const tick = (person: PersonName) =>
  command(`tick the condition of ${person}`, async (model, real) => {
    const asked = model.last?.votes.get(person);
    if (asked?.choice !== 'conditional_go' || asked.ticked || asked.verdict !== null) return;
    const poll = await pollOf(real.world, real.releaseId);
    const [task] = await real.world.query<{ id: string }>(
      'select condition_task as id from votes where poll_id = $1 and role = $2 and ended_at is null',
      [poll.id, roleOf[person as (typeof voters)[number]]],
    );
    asked.ticked = true;
    const input = { taskId: task?.id ?? '', evidence: null };
    accepted(await markTaskDone({ ctx: real.world.as('rita'), input }));
  });

const wait = (hours: number) =>
  command(`wait ${hours} h`, async (model, real) => {
    const end = model.now + hours * hourMs;
    model.waitUntil(end);
    await playUntil(real.world, end);
  });

const close = command('close', async (model, real) => {
  if (real.pollId === null) return;
  const isOpen = model.last?.open === true;
  model.close();
  const closed = await closePoll({ ctx: real.world.as('rita'), input: { pollId: real.pollId } });
  expect(closed.ok).toBe(isOpen);
});

const override = command('override', async (model, real) => {
  const isDone = model.override();
  const [shown] = await real.world.query<{ id: string; round: number }>(
    'select id, round from polls order by opened_at desc limit 1',
  );
  const { id: pollId, round } = shown ?? { id: crypto.randomUUID(), round: 1 };
  const input = { releaseKey: null, reason: 'It can’t wait.', pollId, round };
  expect((await overrideDecision({ ctx: real.world.as('rita'), input })).ok).toBe(isDone);
});

const edit = command('change the version', async (model, real) => {
  model.edit();
  const { plan } = await releaseOf(real.world, real.releaseId);
  const version = `2.4.${model.version}`;
  accepted(await editRelease({ ctx: real.world.as('rita'), input: { plan: { ...plan, version } } }));
});

/** All six vote, so that polls end in a go often enough. */
const allVote = (person: PersonName, choice: Choice) =>
  command(`all vote go, ${person}: ${choice}`, async (model, real) => {
    for (const one of voters) await vote(one, one === person ? choice : 'go', 3).run(model, real);
  });

const person = fc.constantFrom(...voters);
const choice = fc.constantFrom<Choice>('go', 'no_go', 'conditional_go', 'abstain');
const commands = fc.commands(
  [
    fc.constant(ask),
    fc.tuple(person, choice, fc.integer({ min: 1, max: 9 })).map((asked) => vote(...asked)),
    fc.tuple(person, choice).map((asked) => allVote(...asked)),
    person.map(tick),
    fc.integer({ min: 1, max: 13 }).map(wait),
    fc.constant(close),
    fc.constant(override),
    fc.constant(edit),
  ],
  { maxCommands: 9 },
);

it('a poll is what the model says, whatever happens in whatever order, and the trail says the same', async () => {
  await fc.assert(
    fc.asyncProperty(commands, async (list) => {
      const world = await openWorld();
      try {
        const releaseId = await planRelease(world);
        const model = new PollModel(world.clock.now(), Date.parse(goLive));
        const real: Real = { world, releaseId, pollId: null };
        await fc.asyncModelRun(() => ({ model, real }), [ask, ...list]);
        const [count] = await world.query<{ decisions: string }>(
          'select count(*) as decisions from decisions',
        );
        expect(Number(count?.decisions)).toBe(model.decisions);
        expect(await compareState(world.services.db, releaseId)).toEqual([]);
      } finally {
        await world.close();
      }
    }),
    { numRuns: 15 },
  );
}, 120_000);
