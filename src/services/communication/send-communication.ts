import type { Json } from '../../core/audit/canonical-json.ts';
import type { ScheduleEvent } from '../../core/schedule/default-communications.ts';
import type { ScheduleItem } from '../../core/schedule/derive-schedule.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { latestPoll } from '../../db/queries/polls.ts';
import { loadRollout } from '../../db/queries/rollouts.ts';
import { openPoll } from '../go-no-go/open-poll.ts';
import { ConflictError } from '../kernel/conflict-error.ts';
import { deliver, openCard } from '../kernel/effects.ts';
import type { Scope } from '../kernel/verb.ts';
import { type Composed, composeCommunication } from './compose-communication.ts';

interface CommunicationRow {
  id: string;
  state: 'planned' | 'sent' | 'withheld';
  item: ScheduleItem;
}

/**
 * Carries out one item of the schedule as the release stands: sends the text that is true now, opens the
 * poll or the live card, or withholds it and says why. The caller holds the release's lock.
 */
export async function sendCommunication(
  scope: Scope,
  release: Release,
  communicationId: string,
): Promise<void> {
  const { rows } = await scope.tx.$client.query<CommunicationRow>({
    name: 'communication',
    text: 'select id, state, item from communications where id = $1 for update',
    values: [communicationId],
  });
  const row = rows[0];
  if (row?.state !== 'planned') return;
  const rollout = await loadRollout(scope.tx, release.id);
  const decision = await latestPoll(scope.tx, release.id);
  const known = { item: row.item, rollout, decision, now: scope.now };
  const composed =
    (await withoutObject(scope, release, row.item)) ?? composeCommunication(scope.ctx, release, known);
  await carryOut(scope, release, { item: row.item, composed });
  await settle(
    scope,
    release,
    row,
    'reason' in composed ? { state: 'withheld', note: composed.reason } : { state: 'sent', note: null },
  );
}

/** Withholds a correction of what has not been said. */
async function withoutObject(
  scope: Scope,
  release: Release,
  { corrects }: ScheduleItem,
): Promise<(Composed & { do: 'withhold' }) | null> {
  if (corrects === undefined) return null;
  const { rowCount } = await scope.tx.$client.query({
    name: 'communication-sent',
    text: `select from communications where release_id = $1 and key = $2 and state = 'sent'`,
    values: [release.id, corrects],
  });
  return rowCount ? null : { do: 'withhold', reason: 'Not sent: there is nothing to correct.' };
}

/** Sends the items that wait for an event which has just happened. */
export async function sendOnEvent(scope: Scope, release: Release, event: ScheduleEvent): Promise<void> {
  const { rows } = await scope.tx.$client.query<{ id: string }>({
    name: 'communications-on-event',
    text: `select id from communications where release_id = $1 and state = 'planned' and item ->> 'event' = $2
      order by position`,
    values: [release.id, event],
  });
  for (const row of rows) await sendCommunication(scope, release, row.id);
}

/** Withholds what waits for an event that can no longer come. */
export async function withholdWaiting(scope: Scope, release: Release, reason: string): Promise<void> {
  const { rows } = await scope.tx.$client.query<CommunicationRow>({
    name: 'communications-waiting',
    text: `select id, state, item from communications where release_id = $1 and state = 'planned'
      and due_at is null order by position for update`,
    values: [release.id],
  });
  for (const row of rows) await settle(scope, release, row, { state: 'withheld', note: reason });
}

async function carryOut(
  scope: Scope,
  release: Release,
  { item, composed }: { item: ScheduleItem; composed: Composed },
): Promise<void> {
  const releaseId = release.id;
  switch (composed.do) {
    case 'withhold':
      return;
    case 'miss-poll':
    case 'deliver': {
      const { to, content } = composed;
      return deliver(scope, { releaseId, to, subject: item.key, content });
    }
    case 'open-card': {
      return openCard(scope, { releaseId, kind: 'rollout', subjectId: releaseId, to: composed.to });
    }
    case 'open-poll':
      await openPoll(scope, release, { ...composed.poll, intro: composed.intro });
  }
}

async function settle(
  scope: Scope,
  release: Release,
  row: CommunicationRow,
  { state, note }: { state: 'sent' | 'withheld'; note: string | null },
): Promise<void> {
  const { rowCount } = await scope.tx.$client.query({
    name: 'settle-communication',
    text: `update communications set state = $2, note = $3, settled_at = $4 where id = $1 and state = 'planned'`,
    values: [row.id, state, note, new Date(scope.now)],
  });
  if (rowCount !== 1) throw new ConflictError('the communication is settled already');
  const details: Json = { key: row.item.key, channel: row.item.channel, note };
  scope.audit({ action: `communication.${state}`, releaseId: release.id, subject: row.id, details });
  scope.invalidateCards(release.id);
}
