import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RequestDecision } from '../../../src/core/requests/request-state.ts';
import { compareState } from '../../../src/services/audit/compare-state.ts';
import { requestChange } from '../../../src/services/changes/request-change.ts';
import { decideOnRequest } from '../../../src/services/requests/decide-request.ts';
import { goLive, openWorld, type PersonName, type World } from '../../support/test-services.ts';
import { lateFix } from '../changes/late-change.ts';
import { actionsOf, planRelease, playUntil, releaseOf } from '../steps.ts';

const hourMs = 3_600_000;
const deciders: readonly PersonName[] = ['rita', 'bo'];

/** What a request has to be like, without a database: one entry of a scope that comes in and goes out again. */
class RequestModel {
  open: { by: PersonName; expiresAt: number } | null = null;
  isIn = false;
  done = 0;
  now: number;

  constructor(now: number) {
    this.now = now;
  }

  ask(by: PersonName): boolean {
    if (this.open) return false;
    const end = Date.parse(goLive);
    const longest = this.now + 72 * hourMs;
    this.open = { by, expiresAt: this.now < end ? Math.min(longest, end) : longest };
    return true;
  }

  decide(person: PersonName, decision: RequestDecision): boolean {
    if (!this.open) return false;
    const isOwn = this.open.by === person;
    if (decision === 'withdraw' ? !isOwn : isOwn || !deciders.includes(person)) return false;
    this.open = null;
    if (decision !== 'approve') return true;
    this.isIn = !this.isIn;
    this.done += 1;
    return true;
  }

  waitUntil(end: number): void {
    this.now = end;
    if (this.open && this.open.expiresAt <= end) this.open = null;
  }
}

interface Real {
  world: World;
  releaseId: string;
  /** What the buttons on the cards would carry. */
  requestId: string;
}
type Command = fc.AsyncCommand<RequestModel, Real>;

function command(name: string, run: (model: RequestModel, real: Real) => Promise<void>): Command {
  return {
    check: () => true,
    run: async (model, real) => {
      await run(model, real);
      const { plan } = await releaseOf(real.world, real.releaseId);
      expect(plan.scope.fixes.includes(lateFix.entry)).toBe(model.isIn);
      const open = await real.world.query(`select 1 from requests where state = 'open'`);
      expect(open).toHaveLength(model.open ? 1 : 0);
    },
    toString: () => name,
  };
}

const ask = (person: PersonName) =>
  command(`${person} asks`, async (model, real) => {
    const kind = model.isIn ? ('take-out' as const) : ('add' as const);
    const input = { releaseKey: null, ...lateFix, kind };
    const asked = await requestChange({ ctx: real.world.as(person), input });
    expect(asked.ok).toBe(model.ask(person));
    if (asked.ok) real.requestId = asked.value.requestId;
  });

const decide = (person: PersonName, decision: RequestDecision) =>
  command(`${person}: ${decision}`, async (model, real) => {
    const input = { requestId: real.requestId, decision, reason: 'So.' };
    const decided = await decideOnRequest({ ctx: real.world.as(person), input });
    expect(decided.ok).toBe(model.decide(person, decision));
  });

/** Two buttons at the same instant: one of them does it. */
const bothApprove = command('rita and bo approve at once', async (model, real) => {
  const expected = deciders.filter((person) => model.open && model.open.by !== person).length > 0;
  const input = { requestId: real.requestId, decision: 'approve' as const, reason: null };
  const answers = await Promise.all(
    deciders.map((person) => decideOnRequest({ ctx: real.world.as(person), input })),
  );
  const other = deciders.find((person) => person !== model.open?.by) ?? 'rita';
  model.decide(other, 'approve');
  expect(answers.filter(({ ok }) => ok)).toHaveLength(expected ? 1 : 0);
});

const wait = (hours: number) =>
  command(`wait ${hours} h`, async (model, real) => {
    const end = model.now + hours * hourMs;
    model.waitUntil(end);
    await playUntil(real.world, end);
  });

const person = fc.constantFrom<PersonName>('rita', 'bo', 'quinn', 'emil');
const decision = fc.constantFrom<RequestDecision>('approve', 'refuse', 'withdraw');
const commands = fc.commands(
  [
    person.map(ask),
    fc.tuple(person, decision).map((decided) => decide(...decided)),
    fc.constant(bothApprove),
    fc.constantFrom(1, 40, 73).map(wait),
  ],
  { maxCommands: 10 },
);

it('a request is what the model says, is done once at most, and the trail says the same', async () => {
  await fc.assert(
    fc.asyncProperty(commands, async (list) => {
      const world = await openWorld();
      try {
        const releaseId = await planRelease(world);
        const model = new RequestModel(world.clock.now());
        const real: Real = { world, releaseId, requestId: crypto.randomUUID() };
        await fc.asyncModelRun(() => ({ model, real }), [ask('quinn'), ...list]);
        const edits = (await actionsOf(world, releaseId)).filter((action) => action === 'release.edited');
        expect(edits).toHaveLength(model.done);
        expect(await compareState(world.services.db, releaseId)).toEqual([]);
      } finally {
        await world.close();
      }
    }),
    { numRuns: 12 },
  );
}, 120_000);
