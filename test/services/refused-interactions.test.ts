import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planSteps } from '../../src/bot/interactions/plan-steps/plan-steps.ts';
import { actions, commands, forms, shortcuts } from '../../src/bot/interactions/registry.ts';
import { runAction } from '../../src/bot/interactions/run-action.ts';
import { runCommand } from '../../src/bot/interactions/run-command.ts';
import { runForm } from '../../src/bot/interactions/run-form.ts';
import { runShortcut } from '../../src/bot/interactions/run-shortcut.ts';
import type { FormValues } from '../../src/core/card/form.ts';
import type { Ctx } from '../../src/services/kernel/context.ts';
import type { World } from '../support/test-services.ts';
import { writtenMessage } from './evidence/written-message.ts';
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
  'vote-conditional': () => ({ pollId: full.pollId }),
  'vote-abstain': () => ({ pollId: full.pollId }),
  'override-decision': () => ({ releaseKey }),
  'sign-off': () => ({ releaseKey }),
  'close-poll': () => ({ pollId: full.pollId }),
  'remind-voters': () => ({ releaseKey }),
  'ask-again': () => ({ releaseKey }),
  'reschedule-release': () => ({ releaseKey }),
  promote: () => ({ releaseKey, trafficPercent: 10 }),
  'roll-back': () => ({ releaseKey }),
  'set-risk': () => ({ releaseKey }),
  'add-freeze': () => ({}),
  'end-freeze': () => ({ name: 'Year end' }),
  'freeze-now': () => ({}),
  'approve-request': () => ({ requestId: full.secondId }),
  'refuse-request': () => ({ requestId: full.secondId }),
  'withdraw-request': () => ({ requestId: full.secondId }),
  'new-release': () => ({}),
  'renew-calendar': () => ({}),
  'connect-account': () => ({ platform: 'slack', id: 'U0RITA' }),
  'decline-account': () => ({ platform: 'slack', id: 'U0RITA' }),
  'disconnect-account': () => ({ platform: 'slack', id: 'U0RITA' }),
  'prefer-account': () => ({ platform: 'slack', id: 'U0RITA' }),
  'settle-overdue': () => ({ questionId: full.questionId, communicationId: null, send: true }),
  'approve-draft': () => full.draft,
  'edit-draft': () => full.draft,
  'hold-draft': () => full.draft,
  'release-draft': () => full.draft,
  'restore-draft': () => full.draft,
  'show-draft': () => ({ draftId: full.draft.draftId }),
  'approve-notes': () => ({ releaseKey, revision: 1 }),
  'edit-notes': () => ({ releaseKey, revision: 1 }),
  'publish-notes': () => ({ releaseKey, revision: 1 }),
  'redraft-notes': () => ({ releaseKey, revision: 1 }),
  'report-gate': () => ({ releaseKey }),
  'waive-gate': () => ({ releaseKey }),
  'end-waiver': () => ({ releaseKey, gate: 'sast' }),
  'check-items': () => ({ releaseId: full.releaseId, checklist: 'technical-validation' }),
  'show-checklist': () => ({ releaseId: full.releaseId, checklist: 'technical-validation' }),
  'pause-rollout': () => ({ releaseKey }),
  'resume-rollout': () => ({ releaseKey }),
  'abort-rollout': () => ({ releaseKey }),
  'retry-operation': () => ({ releaseKey, operationId: full.operationId }),
  'task-done': () => ({ taskId: full.taskId }),
  'reopen-task': () => ({ taskId: full.taskId }),
  'change-task': () => ({ taskId: full.taskId }),
  'show-audit': () => ({ releaseKey, all: true, before: null }),
  'settle-delivery': () => ({ deliveryId: full.deliveryId, arrived: true }),
};

/** What anybody may do for themselves: the button, and the event that says so; one after the other. */
const ownActions = [
  { name: 'follow-release', event: 'release.followed' },
  { name: 'unfollow-release', event: 'release.unfollowed' },
  { name: 'renew-calendar', event: 'calendar.link_made' },
];
/** What anybody may look at. */
const openActions = ['show-draft', 'show-checklist'];
const isOwn = (name: string) => ownActions.some((own) => own.name === name);

/**
 * What is typed after each command there is. `open`: anybody may ask, gets this, and changes nothing by it; `own`: what
 * a button of `ownActions` does.
 */
const typed: Record<string, { words: string; open?: 'card'; own?: true }> = {
  'release new': { words: '' },
  'release import': { words: '' },
  'release list': { words: '', open: 'card' },
  'release show': { words: releaseKey, open: 'card' },
  'release schedule': { words: releaseKey, open: 'card' },
  'release who-knows': { words: releaseKey, open: 'card' },
  'release drafts': { words: releaseKey, open: 'card' },
  'release cab': { words: '', open: 'card' },
  'release evidence': { words: releaseKey, open: 'card' },
  'release tasks': { words: releaseKey, open: 'card' },
  'release readiness': { words: releaseKey, open: 'card' },
  'release check': { words: releaseKey, open: 'card' },
  'release timeline': { words: releaseKey, open: 'card' },
  'release explain': { words: releaseKey, open: 'card' },
  'release calendar': { words: releaseKey, own: true },
  'release incident': { words: releaseKey, open: 'card' },
  'release status': { words: releaseKey, open: 'card' },
  'release handover': { words: '' },
  'release can': { words: releaseKey, open: 'card' },
  'release risk': { words: releaseKey, open: 'card' },
  'release doctor': { words: '' },
  'release conflicts': { words: releaseKey, open: 'card' },
  'release freeze': { words: '', open: 'card' },
  'release follow': { words: releaseKey, own: true },
  'release unfollow': { words: releaseKey, own: true },
  'release subscribe': { words: 'support', own: true },
  'release unsubscribe': { words: 'support', own: true },
  'release remind': { words: releaseKey },
  'release decision': { words: releaseKey, open: 'card' },
  'release override': { words: releaseKey },
  'release sign-off': { words: releaseKey },
  'release go-no-go': { words: releaseKey },
  'release reschedule': { words: releaseKey },
  'release record': { words: `${releaseKey} deployed 50%` },
  'release change-request': { words: releaseKey },
  'release notes': { words: releaseKey },
  'release reassign': { words: releaseKey },
  'release arm': { words: releaseKey },
  'release rollout': { words: `pause ${releaseKey}` },
  'release lock': { words: releaseKey },
  'release unlock': { words: releaseKey },
  'release disarm': { words: releaseKey },
  'release pause': { words: releaseKey },
  'release resume': { words: releaseKey },
  'release edit': { words: releaseKey },
  'release cancel': { words: releaseKey },
  'release audit': { words: releaseKey },
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
  'hand-over': () => ({ values: { person: 'U0RITA' }, metadata: { email: '' } }),
  'refuse-request': () => ({
    values: { reason: 'Just so.' },
    metadata: { requestId: full.secondId },
  }),
  'override-decision': () => ({
    values: { reason: 'Just so.' },
    metadata: { releaseKey, pollId: full.pollId, round: '1' },
  }),
  'sign-off': () => ({
    values: { typed: releaseKey },
    metadata: { releaseKey, decisionId: crypto.randomUUID() },
  }),
  abstain: () => ({ values: { reason: 'Just so.' }, metadata: { pollId: full.pollId, round: '1' } }),
  'conditional-go': () => ({
    values: { condition: 'The tests pass.', owner: 'qa_lead', until: '2030-06-18', time: '09:00' },
    metadata: { pollId: full.pollId, round: '1', zone: 'UTC' },
  }),
  'roll-back': () => ({ values: { reason: 'Just so.' }, metadata: { releaseKey } }),
  'reschedule-release': () => ({
    values: { date: '2030-06-25', time: '10:00' },
    metadata: { releaseKey, from: '1' },
  }),
  'confirm-reschedule': () => ({
    values: { reason: 'Just so.' },
    metadata: { releaseKey, date: '2030-06-25', time: '10:00', from: '1', seen: '' },
  }),
  'record-live': () => ({ values: { note: 'Just so.' }, metadata: { releaseKey } }),
  'edit-draft': () => ({
    values: { title: 'News', body: 'Just so.' },
    metadata: { draftId: full.draft.draftId, revision: String(full.draft.revision) },
  }),
  'hold-draft': () => ({
    values: { reason: 'Just so.' },
    metadata: { draftId: full.draft.draftId, revision: String(full.draft.revision) },
  }),
  'change-task': () => ({
    values: { outcome: 'done' },
    metadata: { taskId: full.taskId, zone: 'UTC' },
  }),
  'change-request': () => ({
    values: { change: 'add:fixes', entry: 'A fix', reason: 'Just so.' },
    metadata: { releaseKey, basedOn: '' },
  }),
  'edit-notes': () => ({
    values: { title: 'News', body: 'Just so.' },
    metadata: { releaseKey, revision: '1' },
  }),
  'publish-notes': () => ({
    values: { audience: 'support' },
    metadata: { releaseKey, revision: '1' },
  }),
  'add-to-record': () => ({
    values: { release: releaseKey },
    metadata: { noteId: crypto.randomUUID() },
  }),
  'report-gate': () => ({
    values: { gate: 'sast', value: 'passed', evidence: 'https://ci.example.com/runs/42' },
    metadata: { releaseKey },
  }),
  'waive-gate': () => ({
    values: { gate: 'sast', reason: 'Just so.', until: '2030-06-20' },
    metadata: { releaseKey, zone: 'UTC' },
  }),
  'check-item': () => ({
    values: { item: full.taskId, outcome: 'done' },
    metadata: { releaseId: full.releaseId, checklist: 'technical-validation' },
  }),
  reassign: () => ({ values: { role: 'devops_lead', person: 'U0NINA' }, metadata: { releaseKey } }),
  'disarm-rollback': () => ({ values: { reason: 'Just so.' }, metadata: { releaseKey, zone: 'UTC' } }),
  'pause-rollout': () => ({ values: { reason: 'Just so.' }, metadata: { releaseKey } }),
  'abort-rollout': () => ({ values: { reason: 'Just so.' }, metadata: { releaseKey } }),
  'lock-product': () => ({ values: { reason: 'Just so.', owner: 'U0EMIL' }, metadata: { releaseKey } }),
  'pause-release': () => ({ values: { reason: 'Just so.' }, metadata: { releaseKey, zone: 'UTC' } }),
  'edit-release': () => ({
    values: { version: '2.4.1', summary: 'Another summary.' },
    metadata: { releaseKey, basedOn: '' },
  }),
  'set-risk': () => ({
    values: { databaseMigrations: 'irreversible' },
    metadata: { releaseKey, basedOn: '' },
  }),
  'add-freeze': () => ({
    values: { name: 'Audit', from: '2030-06-20 18:00', until: '2030-06-24 06:00', except: 'nothing' },
    metadata: {},
  }),
  'freeze-now': () => ({
    values: { reason: 'Just so.', until: '2030-06-25', time: '10:00' },
    metadata: { zone: 'UTC' },
  }),
  'break-freeze': () => ({
    values: { reason: 'Just so.', until: '2030-06-25', time: '10:00' },
    metadata: { releaseKey, zone: 'UTC' },
  }),
  'cancel-release': () => ({ values: { reason: 'Just so.' }, metadata: { releaseKey } }),
  'import-release': () => ({ values: { plan: JSON.stringify(newPlan()) }, metadata: null }),
  'new-release': () => ({
    values: { product: 'App', version: '1.0', type: 'minor', summary: 'An app.' },
    metadata: { draftId: crypto.randomUUID(), step: 'what' },
  }),
};

function newPlan() {
  const goLive = { ...world.plan.goLive, date: '2030-09-03' };
  return { ...world.plan, goLive, release: 'app-1.0', version: '1.0' };
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
  it.each([...actions.names].filter((name) => !isOwn(name) && !openActions.includes(name)))(
    'is refused the action %s',
    async (name) => {
      const value = caseOf(buttonValues, name)();
      await expectRefused((ctx) => runAction({ ctx, name, value }));
    },
  );

  it.each(openActions)('changes nothing by the action %s', async (name) => {
    const value = caseOf(buttonValues, name)();
    const { answer, events, changed } = await tryOut((ctx) => runAction({ ctx, name, value }));
    expect(answer).toMatchObject({ kind: 'card' });
    expect(JSON.stringify(answer)).not.toContain('approve-draft');
    expect({ events, changed }).toEqual({ events: [], changed: [] });
  });

  it.each(planSteps.map(({ name }) => name))('is refused the step %s of a new release', async (step) => {
    const metadata = { draftId: crypto.randomUUID(), step };
    for (const back of [false, true])
      await expectRefused((ctx) => runForm({ ctx, name: 'new-release', values: {}, metadata, back }));
  });

  it.each([...forms.names].filter((name) => name !== 'subscribe'))('is refused the form %s', async (name) => {
    const submission = caseOf(submissions, name)();
    await expectRefused((ctx) => runForm({ ctx, name, ...submission }));
  });

  it.each([...shortcuts.names])('is refused the shortcut %s', async (name) => {
    const message = { ...writtenMessage(), typed: JSON.stringify(newPlan()) };
    const readFile = async () => ({ problem: 'There is no file.' });
    await expectRefused((ctx) => runShortcut({ ctx, name, message, readFile }));
  });

  const names = commands.flatMap((command) =>
    'subcommands' in command
      ? command.subcommands.map(({ name }) => `${command.name} ${name}`)
      : command.name,
  );

  it('may do for themselves what concerns nobody else', async () => {
    for (const { name, event } of ownActions) {
      const { answer, events } = await tryOut((ctx) => runAction({ ctx, name, value: { releaseKey } }));
      expect(answer).toMatchObject({ kind: 'card' });
      expect(events).toMatchObject([{ action: event, actor: 'slack:U0NINA' }]);
    }
  });

  it('may subscribe to what is open, and stop', async () => {
    const open = (ctx: Ctx): Ctx => ({
      ...ctx,
      subscriptions: { ...ctx.subscriptions, audiences: ['support'] },
    });
    const values = { audience: 'support', product: 'all' };
    const added = await tryOut((ctx) => runForm({ ctx: open(ctx), name: 'subscribe', values, metadata: {} }));
    expect(added.events).toMatchObject([{ action: 'subscription.added', actor: 'slack:U0NINA' }]);
    const ended = await tryOut((ctx) => runCommand({ ctx, name: 'release', words: 'unsubscribe support' }));
    expect(ended.events).toMatchObject([{ action: 'subscription.ended', actor: 'slack:U0NINA' }]);
  });

  it.each(names.filter((name) => !typed[name]?.open && !typed[name]?.own))(
    'is refused the command %s',
    async (line) => {
      const { words } = caseOf(typed, line);
      const [name = '', subcommand = ''] = line.split(' ');
      await expectRefused((ctx) => runCommand({ ctx, name, words: `${subcommand} ${words}` }));
    },
  );

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
