import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actions, commands, forms } from '../../src/bot/interactions/registry.ts';
import { runAction } from '../../src/bot/interactions/run-action.ts';
import { runCommand } from '../../src/bot/interactions/run-command.ts';
import { runForm } from '../../src/bot/interactions/run-form.ts';
import type { FormValues } from '../../src/core/card/form.ts';
import type { Ctx } from '../../src/services/kernel/context.ts';
import type { World } from '../support/test-services.ts';
import { auditOf } from './steps.ts';
import { changedTables, hashTables } from './table-hashes.ts';
import { type FullWorld, openFullWorld } from './world-with-everything.ts';

let full: FullWorld;
let world: World;
beforeAll(async () => {
  full = await openFullWorld();
  world = full.world;
});
afterAll(() => world.close());

const releaseKey = 'web-2.4.0';

/** What a card's button carries, for each action there is. */
const buttonValues: Record<string, () => unknown> = {
  'vote-go': () => ({ pollId: full.pollId }),
  'vote-no-go': () => ({ pollId: full.pollId }),
  'close-poll': () => ({ pollId: full.pollId }),
  promote: () => ({ releaseKey, trafficPercent: 10 }),
  'roll-back': () => ({ releaseKey }),
  'new-release': () => ({}),
  'connect-account': () => ({ platform: 'slack', id: 'U0RITA' }),
  'decline-account': () => ({ platform: 'slack', id: 'U0RITA' }),
  'disconnect-account': () => ({ platform: 'slack', id: 'U0RITA' }),
  'prefer-account': () => ({ platform: 'slack', id: 'U0RITA' }),
  'settle-delivery': () => ({ deliveryId: full.deliveryId, arrived: true }),
};

/** What is typed after each command there is. `open`: anybody may ask, gets this, and changes nothing by it. */
const typed: Record<string, { words: string; open?: 'card' }> = {
  'release new': { words: '' },
  'release import': { words: '' },
  'release list': { words: '', open: 'card' },
  'release show': { words: releaseKey, open: 'card' },
  'release schedule': { words: releaseKey, open: 'card' },
  'release status': { words: releaseKey, open: 'card' },
  'release go-no-go': { words: releaseKey },
  'release record': { words: `${releaseKey} deployed 50%` },
  'release reassign': { words: releaseKey },
  'release pause': { words: releaseKey },
  'release resume': { words: releaseKey },
  'release edit': { words: releaseKey },
  'release cancel': { words: releaseKey },
  'release me': { words: '', open: 'card' },
  'release help': { words: '', open: 'card' },
  promote: { words: `${releaseKey} full` },
  rollback: { words: `${releaseKey} It is slow.` },
};

/** What is filled in, for each form there is, as if it had been opened. */
const submissions: Record<string, () => { values: FormValues; metadata: unknown }> = {
  promote: () => ({ values: {}, metadata: { releaseKey, trafficPercent: '10' } }),
  'ask-go-no-go': () => ({ values: {}, metadata: { releaseKey } }),
  'no-go': () => ({ values: { reason: 'Just so.' }, metadata: { pollId: full.pollId } }),
  'roll-back': () => ({ values: { reason: 'Just so.' }, metadata: { releaseKey } }),
  'record-live': () => ({ values: { note: 'Just so.' }, metadata: { releaseKey } }),
  reassign: () => ({ values: { role: 'devops_lead', person: 'U0NINA' }, metadata: { releaseKey } }),
  'pause-release': () => ({ values: { reason: 'Just so.' }, metadata: { releaseKey, zone: 'UTC' } }),
  'edit-release': () => ({
    values: { version: '2.4.1', summary: 'Another summary.' },
    metadata: { releaseKey, basedOn: '' },
  }),
  'cancel-release': () => ({ values: { reason: 'Just so.' }, metadata: { releaseKey } }),
  'import-release': () => ({ values: { plan: JSON.stringify(newPlan()) }, metadata: null }),
  'new-release': () => {
    const { product, summary, goLive, roles } = newPlan();
    const people = Object.entries(roles).map(([role, person]) => [`roles.${role}`, idOf(person?.email)]);
    const values = { key: 'app-1.0', product, version: '1.0', type: 'minor', summary, ...goLive };
    return { values: { ...values, ...Object.fromEntries(people) }, metadata: null };
  },
};

function newPlan() {
  const goLive = { ...world.plan.goLive, date: '2030-09-03' };
  return { ...world.plan, goLive, release: 'app-1.0', version: '1.0' };
}

function idOf(email: string | undefined): string | null {
  return world.platform.people.find((person) => person.email === email)?.id ?? null;
}

/** Does something as somebody without any role: the answer, the new audit events, the tables that changed. */
async function tryOut(action: (ctx: Ctx) => Promise<unknown>) {
  const chains = [full.releaseId, 'workspace'];
  const eventsOf = () => Promise.all(chains.map((chain) => auditOf(world, chain)));
  const before = { tables: await hashTables(world), events: await eventsOf() };
  world.workItems.length = 0;
  const answer = await action(world.as('nina', crypto.randomUUID()));
  const events = (await eventsOf()).flatMap((chain, index) => chain.slice(before.events[index]?.length));
  return { answer, events, changed: changedTables(before.tables, await hashTables(world)) };
}

async function expectRefused(action: (ctx: Ctx) => Promise<unknown>): Promise<void> {
  const { answer, events, changed } = await tryOut(action);
  expect(JSON.stringify(answer)).toContain('Who can: ');
  expect(events).toMatchObject([
    { action: 'request.refused', actor: 'slack:U0NINA', details: { code: 'not-permitted' } },
  ]);
  expect(changed).toEqual(['audit_events', 'audit_heads', 'inbox']);
  expect(world.workItems).toEqual([]);
  expect(world.driver.calls).toEqual([]);
}

/** The case of an entry; one that a registry has and this file has not fails here. */
function caseOf<Case>(cases: Readonly<Record<string, Case>>, name: string): Case {
  const found = cases[name];
  if (!found) throw new Error(`there is no case for ${name}`);
  return found;
}

describe('someone without a role', () => {
  it.each([...actions.names])('is refused the action %s', async (name) => {
    const value = caseOf(buttonValues, name)();
    await expectRefused((ctx) => runAction({ ctx, name, value }));
  });

  it.each([...forms.names])('is refused the form %s', async (name) => {
    const submission = caseOf(submissions, name)();
    await expectRefused((ctx) => runForm({ ctx, name, ...submission }));
  });

  const names = commands.flatMap((command) =>
    'subcommands' in command
      ? command.subcommands.map(({ name }) => `${command.name} ${name}`)
      : command.name,
  );

  it.each(names.filter((name) => !typed[name]?.open))('is refused the command %s', async (line) => {
    const { words } = caseOf(typed, line);
    const [name = '', subcommand = ''] = line.split(' ');
    await expectRefused((ctx) => runCommand({ ctx, name, words: `${subcommand} ${words}` }));
  });

  it.each(names.filter((name) => typed[name]?.open))('changes nothing by the command %s', async (line) => {
    const { words, open } = caseOf(typed, line);
    const [name = '', subcommand = ''] = line.split(' ');
    const run = (ctx: Ctx) => runCommand({ ctx, name, words: `${subcommand} ${words}` });
    const { answer, events, changed } = await tryOut(run);
    expect(answer).toMatchObject({ kind: open });
    expect({ events, changed, workItems: world.workItems }).toEqual({
      events: [],
      changed: [],
      workItems: [],
    });
  });
});
