import { type Block, type Card, fieldLine, type Inline } from '../../src/core/card/card.ts';
import { lineText } from '../../src/core/card/line.ts';
import type { Plan } from '../../src/core/plan/plan.ts';
import { loadRelease, type Release } from '../../src/db/queries/load-release.ts';
import { latestPoll, type Poll } from '../../src/db/queries/polls.ts';
import { loadRollout, type Rollout } from '../../src/db/queries/rollouts.ts';
import { runOperation } from '../../src/jobs/operations/run-operation.ts';
import { fireDueTimers } from '../../src/jobs/timers/fire-timers.ts';
import { castVote } from '../../src/services/go-no-go/cast-vote.ts';
import { closePoll } from '../../src/services/go-no-go/close-poll.ts';
import { askGoNoGo } from '../../src/services/go-no-go/open-poll.ts';
import type { Result } from '../../src/services/kernel/result.ts';
import { createRelease } from '../../src/services/release/create-release.ts';
import { promoteRollout } from '../../src/services/rollout/promote-rollout.ts';
import { goLive, type PersonName, type World } from '../support/test-services.ts';

/** The people of the six roles that vote. */
export const voters = ['rita', 'emil', 'quinn', 'dana', 'priya', 'sam'] as const;

/** What was done; fails the test when it was refused. */
export function accepted<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}

/** The same, with what a refusal says in plain words. */
export function inWords(result: Result<unknown>): unknown {
  if (result.ok) return result;
  const { message, reasons, ...rest } = result.refusal;
  const said = { message: lineText(message), ...(reasons ? { reasons: reasons.map(lineText) } : {}) };
  return { ok: false, refusal: { ...rest, ...said } };
}

/** Plans the example release, changed as given. Returns its id. */
export async function planRelease(world: World, changes: Partial<Plan> = {}): Promise<string> {
  const plan = { ...world.plan, ...changes };
  return accepted(await createRelease({ ctx: world.as('rita'), input: { plan } })).releaseId;
}

/** The release as it stands. */
export async function releaseOf(world: World, id: string): Promise<Release> {
  const release = await loadRelease(world.services.db, { id });
  if (!release) throw new Error(`there is no release ${id}`);
  return release;
}

export function rolloutOf(world: World, releaseId: string): Promise<Rollout> {
  return loadRollout(world.services.db, releaseId);
}

/** The open poll of a release, else its last. */
export async function pollOf(world: World, releaseId: string): Promise<Poll> {
  const poll = await latestPoll(world.services.db, releaseId);
  if (!poll) throw new Error(`release ${releaseId} has no poll`);
  return poll;
}

/** Opens a decision poll, as the release manager. Returns its id. */
export async function openDecision(world: World, releaseKey: string | null = null): Promise<string> {
  const asked = await askGoNoGo({ ctx: world.as('rita'), input: { releaseKey } });
  return accepted(asked).pollId;
}

export function voteGo(world: World, pollId: string, person: PersonName) {
  return castVote({ ctx: world.as(person), input: { pollId, choice: 'go', reason: null } });
}

export function voteNoGo(world: World, pollId: string, person: PersonName, reason = 'The tests fail.') {
  return castVote({ ctx: world.as(person), input: { pollId, choice: 'no_go', reason } });
}

/** Plans the example release and has it approved by all six votes. */
export async function approvedRelease(world: World, changes: Partial<Plan> = {}): Promise<string> {
  const releaseId = await planRelease(world, changes);
  const pollId = await openDecision(world, changes.release ?? null);
  for (const person of voters) accepted(await voteGo(world, pollId, person));
  accepted(await closePoll({ ctx: world.as('rita'), input: { pollId } }));
  return releaseId;
}

/** Has nobody reminded of their tasks, where only a release's own timers and messages count. */
export async function withoutReminders(world: World): Promise<void> {
  await world.query('delete from timers where release_id is null');
}

/** Lets time pass until an instant, doing what is due when it is due. */
export async function playUntil(world: World, instant: number | string): Promise<void> {
  const end = typeof instant === 'string' ? Date.parse(instant) : instant;
  for (;;) {
    const [next] = await world.query<{ due_at: Date | null }>(
      `select min(due_at) as due_at from timers where state = 'pending' and due_at > $1 and due_at < $2`,
      [new Date(world.clock.now()), new Date(end)],
    );
    if (!next?.due_at) break;
    world.clock.moveTo(next.due_at.getTime());
    await fireDueTimers(world.jobs);
  }
  await wakeAt(world, end);
}

/** Moves the clock at one go, as if tminus had been away, and does what is due by then. */
export async function wakeAt(world: World, instant: number | string): Promise<void> {
  world.clock.moveTo(instant);
  await fireDueTimers(world.jobs);
}

export function promote(
  world: World,
  person: PersonName = 'dana',
  target: 'next' | 'full' | number = 'next',
) {
  return promoteRollout({ ctx: world.as(person), input: { releaseKey: world.plan.release, target } });
}

/** An approved release whose go-live has come and whose first promotion was confirmed at the target. */
export async function releaseAtOnePercent(world: World): Promise<string> {
  const releaseId = await approvedRelease(world);
  world.clock.moveTo(goLive);
  await promoteAndConfirm(world, releaseId);
  return releaseId;
}

/** Promotes to the next phase and carries it out. */
export async function promoteAndConfirm(world: World, releaseId: string): Promise<void> {
  accepted(await promote(world));
  await runOperation(world.jobs, releaseId);
}

/** Runs the operation of a release as often as it asks for another run. */
export async function runToTheEnd(world: World, releaseId: string): Promise<void> {
  const run = () => runOperation(world.jobs, releaseId);
  for (let wait = await run(); wait !== null; wait = await run()) world.wall.now += wait;
}

/** The events of a chain, oldest first. */
export async function auditOf(
  world: World,
  chain: string,
): Promise<{ action: string; actor: string; subject?: string; details: Record<string, unknown> }[]> {
  const rows = await world.query<{ body: string }>(
    'select body from audit_events where chain = $1 order by seq',
    [chain],
  );
  return rows.map((row) => JSON.parse(row.body));
}

/** The actions of a chain, oldest first. */
export async function actionsOf(world: World, chain: string): Promise<string[]> {
  return (await auditOf(world, chain)).map((event) => event.action);
}

/** The subjects of what waits in the outbox or was sent, oldest first. */
export async function outboxOf(world: World): Promise<string[]> {
  const rows = await world.query<{ subject: string }>('select subject from deliveries order by seq');
  return rows.map((row) => row.subject);
}

/** The summary and the lines of the message with this subject that was put into the outbox last; `@` before who is notified. */
export async function wordsOfLast(world: World, subject: string): Promise<string[]> {
  const [row] = await world.query<{ content: Card }>(
    'select content from deliveries where subject = $1 order by seq desc limit 1',
    [subject],
  );
  if (!row) throw new Error(`there is no message "${subject}" in the outbox`);
  return [lineText(row.content.summary), ...row.content.blocks.flatMap(linesOfBlock)];
}

export function linesOfBlock(block: Block): string[] {
  switch (block.type) {
    case 'header':
      return [`# ${block.text}`];
    case 'list':
      return block.items.map((item) => `- ${wordsOfInlines(item)}`);
    case 'actions':
      return [block.buttons.map(({ label }) => `[${label}]`).join(' ')];
    case 'code':
      return [block.text];
    case 'divider':
      return [];
    case 'fields':
      return block.fields.map((field) => wordsOfInlines(fieldLine(field)));
    case 'links':
      return block.links.map(({ label }) => label);
    default:
      return [wordsOfInlines(block.content)];
  }
}

function wordsOfInlines(content: readonly Inline[]): string {
  return content
    .map((inline) =>
      inline.type === 'person' && inline.mention
        ? `@${inline.name.split(' ')[0]?.toLowerCase()}`
        : lineText([inline]),
    )
    .join('');
}
