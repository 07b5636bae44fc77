import type { Json } from '../../core/audit/canonical-json.ts';
import { chooseMessage, type MessageChoice } from '../../core/schedule/choose-message.ts';
import type { ScheduleItem } from '../../core/schedule/derive-schedule.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { latestPoll, type Poll } from '../../db/queries/polls.ts';
import { loadRollout, type Rollout } from '../../db/queries/rollouts.ts';
import { ConflictError } from '../conflict-error.ts';
import { deliver, destinationKey, openCard, touchCards } from '../effects.ts';
import { openPoll } from '../go-no-go/open-poll.ts';
import { channelNamed } from '../release/channel-for.ts';
import type { Scope } from '../verb.ts';
import { renderMessage } from './render-message.ts';

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
  const { rows } = await scope.tx.client.query<CommunicationRow>({
    name: 'communication',
    text: 'select id, state, item from communications where id = $1 for update',
    values: [communicationId],
  });
  const row = rows[0];
  if (row?.state !== 'planned') return;
  const rollout = await loadRollout(scope.tx.client, release.id);
  const decision = await latestPoll(scope.tx.client, release.id);
  const choice = choose(row.item, { release, rollout, decision });
  if (choice.send) {
    await carryOut(scope, release, { item: row.item, choice, rollout, decision });
    await settle(scope, release, row, { state: 'sent', note: null });
  } else {
    await settle(scope, release, row, { state: 'withheld', note: choice.reason });
  }
}

/** Sends the items that wait for an event which has just happened. */
export async function sendOnEvent(scope: Scope, release: Release, event: string): Promise<void> {
  const { rows } = await scope.tx.client.query<{ id: string }>({
    name: 'communications-on-event',
    text: `select id from communications where release_id = $1 and state = 'planned' and item ->> 'event' = $2
      order by position`,
    values: [release.id, event],
  });
  for (const row of rows) await sendCommunication(scope, release, row.id);
}

/** What may be sent now. A release has one poll at a time, so one of the schedule gives way to one that is open. */
function choose(
  item: ScheduleItem,
  { release, rollout, decision }: { release: Release; rollout: Rollout; decision: Poll | null },
): MessageChoice {
  if (item.kind === 'poll' && decision?.state === 'open') {
    return { send: false, reason: 'Not sent: a go/no-go is open already.' };
  }
  return chooseMessage(item, { state: release.state, share: confirmedShare(rollout) });
}

async function carryOut(
  scope: Scope,
  release: Release,
  known: {
    item: ScheduleItem;
    choice: MessageChoice & { send: true };
    rollout: Rollout;
    decision: Poll | null;
  },
): Promise<void> {
  const { item, choice, rollout, decision } = known;
  const destination = destinationKey('channel', channelNamed(release, item.channel));
  const { template } = choice;
  if (template === null) {
    return openCard(scope, { releaseId: release.id, kind: 'rollout', subjectId: release.id, destination });
  }
  const share = confirmedShare(rollout);
  const content = renderMessage(scope.ctx, release, { template, share, rollout, decision, now: scope.now });
  if (item.kind !== 'poll')
    return deliver(scope, { releaseId: release.id, destination, subject: item.key, content });
  await openPoll(scope, release, { ...item.poll, intro: content.blocks });
}

/** The share that was read from the target; null before anything was rolled out. */
function confirmedShare(rollout: Rollout): number | null {
  return rollout.state === 'not_started' ? null : rollout.share;
}

async function settle(
  scope: Scope,
  release: Release,
  row: CommunicationRow,
  { state, note }: { state: 'sent' | 'withheld'; note: string | null },
): Promise<void> {
  const { rowCount } = await scope.tx.client.query({
    name: 'settle-communication',
    text: `update communications set state = $2, note = $3, settled_at = $4 where id = $1 and state = 'planned'`,
    values: [row.id, state, note, new Date(scope.now)],
  });
  if (rowCount !== 1) throw new ConflictError('the communication is settled already');
  const details: Json = { key: row.item.key, channel: row.item.channel, note };
  scope.audit({ action: `communication.${state}`, releaseId: release.id, subject: row.id, details });
  await touchCards(scope, release.id);
}
