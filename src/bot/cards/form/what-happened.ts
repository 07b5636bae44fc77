import type { Inline } from '../../../core/card/card.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import { pausePhrase } from '../../../core/messages/pause-message.ts';
import { writeIdentity } from '../../../core/people/identity.ts';
import { releaseStateTitles } from '../../../core/release/release-state.ts';
import { findLastEvent } from '../../../db/queries/last-event.ts';
import type { Poll } from '../../../db/queries/polls.ts';
import { loadRollout, type Operation } from '../../../db/queries/rollouts.ts';
import type { OpenForm } from './open-form.ts';

/** That a poll was closed, by whom and when; what a no-go can't do any more. */
export async function pollClosed(form: OpenForm, poll: Poll): Promise<Line> {
  const { key } = form.release;
  const closed = await lastEvent(form, 'poll.closed');
  const at = poll.closedAt ?? form.now;
  const what = closed?.by
    ? line`${closed.by} closed the go/no-go for ${key} (${when(form, at)})`
    : line`Voting on ${key} closed ${when(form, at)}`;
  return line`Already decided. ${what}, so your vote can't be counted.`;
}

/** How a release ended, by whom and when; null while it has not. */
export async function releaseEnded(form: OpenForm): Promise<Line | null> {
  const { release, db } = form;
  const { key, state } = release;
  if (state === 'cancelled') {
    const event = await lastEvent(form, 'release.cancelled');
    return event
      ? line`${event.by ?? 'tminus'} cancelled ${key} (${when(form, event.at)}).`
      : `${key} is cancelled.`;
  }
  if (state !== 'rolled_back' && state !== 'completed') return null;
  const { operations } = await loadRollout(db, release.id);
  const kind = state === 'rolled_back' ? 'rollback' : 'promote';
  const last = operations.find((one) => one.kind === kind && one.finishedAt !== null);
  if (!last) return `${key} is ${releaseStateTitles[state]}.`;
  return state === 'rolled_back'
    ? line`${last.requestedByName} rolled back ${key} (${happened(form, last)}).`
    : line`${key} is live for everyone. ${last.requestedByName} promoted it to ${last.toPercent} % (${happened(form, last)}).`;
}

/** That a release is paused, and by whom; null when it is not. */
export async function releasePaused(form: OpenForm): Promise<Line | null> {
  const { key, pause, plan } = form.release;
  if (!pause) return null;
  const event = await lastEvent(form, 'release.paused');
  const by = event?.by ? ` ${event.by} paused it.` : '';
  return line`${key} is already ${pausePhrase(pause, plan.goLive.zone)}.${by}`;
}

/** That go-live was moved, by whom, and to when. */
export async function releaseMoved(form: OpenForm): Promise<Line> {
  const { key, goLiveAt } = form.release;
  const event = await lastEvent(form, 'release.rescheduled');
  const to = when(form, goLiveAt);
  return event?.by
    ? line`${event.by} moved the go-live of ${key} to ${to}.`
    : line`The go-live of ${key} is now ${to}.`;
}

/** When an operation was asked for. */
export function happened(form: OpenForm, { requestedAt }: Operation): Inline {
  return when(form, requestedAt);
}

function when({ release }: OpenForm, at: number): Inline {
  return localDate(at, release.plan.goLive.zone);
}

/** When something last happened, and who did it, as the release knows them; null: tminus itself, on its schedule. */
async function lastEvent(
  { db, release }: OpenForm,
  action: string,
): Promise<{ at: number; by: string | null } | null> {
  const event = await findLastEvent(db, { releaseId: release.id, actions: [action] });
  if (!event) return null;
  const { at, actor, actorName } = event;
  if (actor.startsWith('system:')) return { at, by: null };
  const person = release.people.find(({ identities }) =>
    identities.some((identity) => writeIdentity(identity) === actor),
  );
  return { at, by: person?.name ?? actorName };
}
