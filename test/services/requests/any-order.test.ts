import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fireDueTimers } from '../../../src/jobs/timers/fire-timers.ts';
import type { Ctx } from '../../../src/services/kernel/context.ts';
import { connectAccount } from '../../../src/services/people/connect-account.ts';
import { identifyPerson } from '../../../src/services/people/identify-person.ts';
import { decideOnRequest } from '../../../src/services/requests/decide-request.ts';
import { promoteRollout } from '../../../src/services/rollout/promote-rollout.ts';
import { goLive, identityOf, openWorld, secondIdentityOf, type World } from '../../support/test-services.ts';
import { approvedRelease } from '../steps.ts';

/** Rita and Dana have the right; each has a second account, which is theirs once they have confirmed it. */
type Name = 'rita' | 'dana';
type Account = 'first' | 'second';

interface Model {
  /** Who asked. */
  asked: Name | null;
  state: 'none' | 'open' | 'approved' | 'over';
  expiresAt: number;
  linked: Set<Name>;
  approvals: Name[];
}

interface Real {
  world: World;
  requestId: string | null;
  accounts: Record<Name, Record<Account, Ctx>>;
}

class Ask implements fc.AsyncCommand<Model, Real> {
  readonly who: Name;
  constructor(who: Name) {
    this.who = who;
  }
  check = () => true;
  toString = () => `${this.who} asks`;
  async run(model: Model, real: Real): Promise<void> {
    const { world, accounts } = real;
    const ctx = accounts[this.who].first;
    const result = await promoteRollout({ ctx, input: { releaseKey: world.plan.release, target: 'next' } });
    const waits = model.state === 'open' && world.clock.now() < model.expiresAt;
    expect(result.ok).toBe(!waits && model.state !== 'approved');
    if (!result.ok || result.value.awaits === null) return;
    real.requestId = result.value.awaits.requestId;
    Object.assign(model, { asked: this.who, state: 'open', expiresAt: result.value.awaits.expiresAt });
  }
}

class Decide implements fc.AsyncCommand<Model, Real> {
  readonly who: Name;
  readonly account: Account;
  readonly decision: 'approve' | 'refuse' | 'withdraw';
  constructor(who: Name, account: Account, decision: 'approve' | 'refuse' | 'withdraw') {
    this.who = who;
    this.account = account;
    this.decision = decision;
  }
  check = (model: Readonly<Model>) => model.asked !== null;
  toString = () => `${this.who} (${this.account}) decides to ${this.decision}`;
  async run(model: Model, real: Real): Promise<void> {
    const ctx = real.accounts[this.who][this.account];
    const input = { requestId: real.requestId ?? '', decision: this.decision, reason: 'So.' };
    const result = await decideOnRequest({ ctx, input });
    const isOpen = model.state === 'open' && real.world.clock.now() < model.expiresAt;
    const isSame = this.who === model.asked;
    // An account that is not confirmed has no rights; that of whoever asked may be theirs all the same.
    const hasRight = this.account === 'first' || model.linked.has(this.who);
    const allowed = this.decision === 'withdraw' ? isSame : !isSame && hasRight;
    const isUnconfirmed = this.decision === 'withdraw' && !hasRight;
    if (!isUnconfirmed) expect(result.ok).toBe(isOpen && allowed);
    if (!result.ok) return;
    model.state = this.decision === 'approve' ? 'approved' : 'over';
    if (this.decision === 'approve') model.approvals.push(this.who);
    expect(this.decision === 'approve' && isSame).toBe(false);
  }
}

class Wait implements fc.AsyncCommand<Model, Real> {
  readonly minutes: number;
  constructor(minutes: number) {
    this.minutes = minutes;
  }
  check = () => true;
  toString = () => `${this.minutes} min pass`;
  async run(model: Model, { world }: Real): Promise<void> {
    world.clock.moveTo(world.clock.now() + this.minutes * 60_000);
    await fireDueTimers(world.jobs);
    if (model.state === 'open' && world.clock.now() >= model.expiresAt) model.state = 'over';
  }
}

class Link implements fc.AsyncCommand<Model, Real> {
  readonly who: Name;
  constructor(who: Name) {
    this.who = who;
  }
  check = (model: Readonly<Model>) => !model.linked.has(this.who);
  toString = () => `${this.who} confirms the second account`;
  async run(model: Model, real: Real): Promise<void> {
    const { first, second } = real.accounts[this.who];
    await connectAccount({ ctx: first, input: secondIdentityOf(this.who) });
    const both = await connectAccount({ ctx: second, input: identityOf(this.who) });
    expect(both.ok).toBe(true);
    real.accounts[this.who].second = await elsewhere(real.world, this.who);
    model.linked.add(this.who);
  }
}

async function elsewhere(world: World, person: Name): Promise<Ctx> {
  const identity = secondIdentityOf(person);
  const known = await identifyPerson(world.services, identity, person);
  return { ...world.services, actor: { kind: 'person', ...known, identity, name: person } };
}

async function setUp(world: World): Promise<{ model: Model; real: Real }> {
  world.plan.riskTolerance = 'low';
  await approvedRelease(world);
  world.clock.moveTo(goLive);
  const both = async (name: Name) => ({ first: world.as(name), second: await elsewhere(world, name) });
  const accounts = { rita: await both('rita'), dana: await both('dana') };
  return {
    model: { asked: null, state: 'none', expiresAt: 0, linked: new Set(), approvals: [] },
    real: { world, requestId: null, accounts },
  };
}

const name = fc.constantFrom<Name>('rita', 'dana');
const commands = [
  name.map((who) => new Ask(who)),
  fc
    .tuple(
      name,
      fc.constantFrom<Account>('first', 'second'),
      fc.constantFrom('approve' as const, 'refuse' as const, 'withdraw' as const),
    )
    .map(([who, account, decision]) => new Decide(who, account, decision)),
  fc.integer({ min: 1, max: 70 }).map((minutes) => new Wait(minutes)),
  name.map((who) => new Link(who)),
];

it('whatever happens in which order, it is done at most once, and never by one person alone', async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 12 }), async (planned) => {
      const world = await openWorld(undefined, { platforms: 2 });
      try {
        const { model, real } = await setUp(world);
        await fc.asyncModelRun(() => ({ model, real }), planned);
        const rows = await world.query<{ by: string }>(`select requested_by as by from operations`);
        expect(rows).toHaveLength(model.approvals.length);
        expect(rows.length).toBeLessThanOrEqual(1);
      } finally {
        await world.close();
      }
    }),
    { numRuns: 25, endOnFailure: true },
  );
}, 240_000);
