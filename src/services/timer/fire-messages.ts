import * as z from 'zod';
import type { ScheduleItem } from '../../core/schedule/derive-schedule.ts';
import { lockReleases } from '../../db/queries/lock-release.ts';
import { latestPolls } from '../../db/queries/polls.ts';
import { loadRollouts } from '../../db/queries/rollouts.ts';
import { type Composed, composeCommunication } from '../communication/compose-communication.ts';
import { ConflictError } from '../kernel/conflict-error.ts';
import type { Ctx } from '../kernel/context.ts';
import { deliverAll } from '../kernel/effects.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import { runVerb, type Scope } from '../kernel/verb.ts';

const timerSchema = z.object({
  timerId: z.uuid(),
  releaseId: z.uuid(),
  communicationId: z.uuid(),
  revision: z.number().int(),
});
const inputSchema = z.object({ timers: z.array(timerSchema) });

/** A due timer of a communication. */
export type MessageTimer = z.infer<typeof timerSchema>;

/** What became of the timers. */
export interface FiredMessages {
  /** The timers that are still to be fired, by id. */
  left: string[];
  /** How many messages are on their way now. */
  outgoing: number;
}

/**
 * Carries out due timers of many releases, at most one of each, in one transaction and a handful of round
 * trips. Each is claimed as `fireTimer` claims it, so it happens exactly once. Only what is a message or is
 * withheld is done here; the timers of anything else are left alone.
 */
export function fireMessages(args: {
  ctx: Ctx;
  input: z.infer<typeof inputSchema>;
}): Promise<Result<FiredMessages>> {
  return runVerb({ name: 'timer.fire', input: inputSchema, run: fire }, args);
}

interface Ready {
  timer: MessageTimer;
  item: ScheduleItem;
  composed: Extract<Composed, { do: 'deliver' | 'withhold' }>;
}

async function fire(scope: Scope, { timers }: z.infer<typeof inputSchema>): Promise<Result<FiredMessages>> {
  const refusal = checkSystem(scope.ctx.actor);
  if (refusal) return { ok: false, refusal };
  const ready = await composeAll(scope, timers);
  const claimed = await claim(scope, ready);
  for (const { timer } of claimed) scope.invalidateCards(timer.releaseId);
  await Promise.all([send(scope, claimed), settle(scope, claimed)]);
  const known = new Set(ready.map(({ timer }) => timer.timerId));
  return done({
    left: timers.map(({ timerId }) => timerId).filter((id) => !known.has(id)),
    outgoing: claimed.filter(({ composed }) => composed.do === 'deliver').length,
  });
}

/** Locks the releases and reads all that their messages say. */
async function composeAll(scope: Scope, timers: readonly MessageTimer[]): Promise<Ready[]> {
  const ids = timers.map(({ releaseId }) => releaseId);
  const { tx } = scope;
  // Carried out one after the other: what is read is read under the locks.
  const [releases, rollouts, polls, items] = await Promise.all([
    lockReleases(tx, ids),
    loadRollouts(tx, ids),
    latestPolls(tx, ids),
    plannedItems(scope, timers),
  ]);
  return timers.flatMap((timer): Ready[] => {
    const release = releases.get(timer.releaseId);
    const rollout = rollouts.get(timer.releaseId);
    const item = items.get(timer.communicationId);
    if (!release || !rollout || !item) return [];
    const decision = polls.get(timer.releaseId) ?? null;
    const composed = composeCommunication(scope.ctx, release, { item, rollout, decision, now: scope.now });
    return composed.do === 'deliver' || composed.do === 'withhold' ? [{ timer, item, composed }] : [];
  });
}

async function plannedItems(
  scope: Scope,
  timers: readonly MessageTimer[],
): Promise<Map<string, ScheduleItem>> {
  const { rows } = await scope.tx.$client.query<{ id: string; item: ScheduleItem }>({
    name: 'planned-communications',
    text: `select id, item from communications where id = any($1::uuid[]) and state = 'planned'`,
    values: [timers.map(({ communicationId }) => communicationId)],
  });
  return new Map(rows.map(({ id, item }) => [id, item]));
}

async function claim(scope: Scope, ready: readonly Ready[]): Promise<Ready[]> {
  const { rows } = await scope.tx.$client.query<{ id: string }>({
    name: 'claim-timers',
    text: `update timers t set state = 'done' from unnest($1::uuid[], $2::int[]) as claimed(id, revision)
      where t.id = claimed.id and t.revision = claimed.revision and t.state = 'pending' and t.due_at <= $3
      returning t.id`,
    values: [
      ready.map(({ timer }) => timer.timerId),
      ready.map(({ timer }) => timer.revision),
      new Date(scope.now),
    ],
  });
  const claimed = new Set(rows.map(({ id }) => id));
  return ready.filter(({ timer }) => claimed.has(timer.timerId));
}

function send(scope: Scope, claimed: readonly Ready[]): Promise<void> {
  return deliverAll(
    scope,
    claimed.flatMap(({ timer: { releaseId }, item, composed }) => {
      if (composed.do === 'withhold') return [];
      const { destination, content } = composed;
      return [{ releaseId, destination, subject: item.key, content }];
    }),
  );
}

async function settle(scope: Scope, claimed: readonly Ready[]): Promise<void> {
  const settled = claimed.map(({ timer: { communicationId: id, releaseId }, item, composed }) => {
    const withheld = composed.do === 'withhold';
    const state = withheld ? 'withheld' : 'sent';
    const note = withheld ? composed.reason : null;
    const details = { key: item.key, channel: item.channel, note };
    scope.audit({ action: `communication.${state}`, releaseId, subject: id, details });
    return { id, state, note };
  });
  const { rowCount } = await scope.tx.$client.query({
    name: 'settle-communications',
    text: `update communications c set state = s.state, note = s.note, settled_at = $2
      from jsonb_to_recordset($1) as s(id uuid, state text, note text)
      where c.id = s.id and c.state = 'planned'`,
    values: [JSON.stringify(settled), new Date(scope.now)],
  });
  if (rowCount !== settled.length) throw new ConflictError('a communication is settled already');
}
