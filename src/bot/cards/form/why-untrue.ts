import { type Line, line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import { mayEdit, mayPause } from '../../../core/release/release-state.ts';
import { findPoll, latestPoll } from '../../../db/queries/polls.ts';
import { listWords } from '../../../lib/list-words.ts';
import type { OpenForm } from './open-form.ts';
import { promotionUntrue, rollbackUntrue } from './rollout-untrue.ts';
import { pollClosed, releaseEnded, releaseMoved, releasePaused } from './what-happened.ts';

/** What has happened since a form was opened so that it would be refused; null: it would not, as far as it shows. */
type WhyUntrue = (form: OpenForm) => Promise<Line | null>;

/** By the names of the forms. One that is not here is judged when it is submitted. */
const reasons: Readonly<Record<string, WhyUntrue>> = {
  'no-go': voteUntrue,
  abstain: voteUntrue,
  'conditional-go': voteUntrue,
  'ask-go-no-go': async (form) => (await notEditable(form)) ?? pollOpened(form),
  promote: promotionUntrue,
  'roll-back': rollbackUntrue,
  'cancel-release': notEditable,
  'change-request': notEditable,
  'pause-release': async (form) => (mayPause(form.release.state) ? releasePaused(form) : releaseEnded(form)),
  'reschedule-release': async (form) => (await notEditable(form)) ?? moved(form),
  'confirm-reschedule': async (form) => (await notEditable(form)) ?? moved(form),
};

/** Why an open form can't be submitted any more, in a sentence or two; null while it can. */
export async function whyUntrue(form: OpenForm): Promise<Line | null> {
  const reason = Object.hasOwn(reasons, form.name) ? reasons[form.name] : undefined;
  return reason ? reason(form) : null;
}

async function voteUntrue(form: OpenForm): Promise<Line | null> {
  const poll = await findPoll(form.db, form.metadata.pollId ?? '');
  if (poll?.state === 'closed') return pollClosed(form, poll);
  const isOutdated = poll && String(poll.round) !== (form.metadata.round ?? String(poll.round));
  return isOutdated
    ? `The plan of ${form.release.key} has changed (${listWords(poll.changes)}), so this vote would not count. Vote on the current card.`
    : null;
}

async function pollOpened({ db, release }: OpenForm): Promise<Line | null> {
  const poll = await latestPoll(db, release.id);
  if (poll?.state !== 'open' || poll.kind !== 'decision') return null;
  const closes = localDate(poll.closesAt, release.plan.goLive.zone);
  return line`The go/no-go for ${release.key} is already open. Voting closes ${closes}.`;
}

async function notEditable(form: OpenForm): Promise<Line | null> {
  if (mayEdit(form.release.state)) return null;
  const ended = await releaseEnded(form);
  return ended ?? `The rollout of ${form.release.key} has begun.`;
}

async function moved(form: OpenForm): Promise<Line | null> {
  return form.metadata.from === String(form.release.goLiveAt) ? null : releaseMoved(form);
}
