import { showDraftButton } from '../../../core/approval/draft-buttons.ts';
import { type Block, type Button, bold, command } from '../../../core/card/card.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { countdown, localDate } from '../../../core/card/local-date.ts';
import { tallyVotes } from '../../../core/go-no-go/decide-poll.ts';
import { askAgainButton, moveDateButton, remindButton } from '../../../core/go-no-go/manager-buttons.ts';
import { choiceWords } from '../../../core/go-no-go/vote.ts';
import { voteButtons } from '../../../core/go-no-go/vote-buttons.ts';
import { shortReason } from '../../../core/messages/reason.ts';
import { promotionRequestButtons } from '../../../core/messages/request-message.ts';
import { promoteButton, rollBackButton } from '../../../core/messages/rollout-buttons.ts';
import type { ReleaseCapability } from '../../../core/permissions/capabilities.ts';
import { mayEdit } from '../../../core/release/release-state.ts';
import { standingOf } from '../../../db/queries/drafts.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { Poll } from '../../../db/queries/polls.ts';
import { shortenAtWord } from '../../../lib/shorten-text.ts';
import { mayDo } from '../../../services/kernel/who-may.ts';
import { lines, onOneLine } from '../parts/lines.ts';
import { planLinkBlocks } from '../parts/plan-links.ts';
import { isToAskAgain, pollButtons } from '../parts/poll-parts.ts';
import { missingLine, objectionLines, waitingLine } from '../parts/poll-votes.ts';
import { releaseName } from '../parts/release-name.ts';
import { gateLine } from '../parts/rollout-phases.ts';
import { rolloutStatus } from '../parts/rollout-status.ts';
import { rolloutHeader } from '../parts/rollout-title.ts';
import { unsettledBlocks } from '../parts/unsettled.ts';
import type { HomeBallot, HomeDraft, HomeRelease, HomeView } from './home-view.ts';

/** So many drafts are listed: a page takes no more. */
const draftsShown = 5;

/** Everything that waits for a person, with what they can do about it; what is on fire first. */
export function needsYou({ ballots, drafts, releases, personId, now }: HomeView): Block[] {
  const rollouts = releases.map((entry) => rolloutNeeds(entry, { personId, now }));
  return [
    ...rollouts.flatMap(({ urgent }) => urgent),
    ...ballots.flatMap(ballotBlocks),
    ...drafts.slice(0, draftsShown).flatMap(draftBlocks),
    ...moreDrafts(drafts),
    ...rollouts.flatMap(({ due }) => due),
    ...releases.flatMap((entry) => managedPoll(entry, personId)),
    ...releases.flatMap((entry) => unsettledMessages(entry, personId)),
  ];
}

function draftBlocks({ release, draft }: HomeDraft): Block[] {
  const { item } = draft;
  const { zone } = release.plan.goLive;
  const isLate = standingOf(draft, release) === 'late';
  const due = item.dueAt === null ? item.localTime : line`${countdown(item.dueAt, zone)}`;
  return [
    ...lines(
      [bold(`${isLate ? '⛔ Not sent:' : '📝 Approve?'} ${item.title} · ${nameWithKey(release)}`)],
      isLate ? 'Customers have not been told. It goes out when you approve it.' : line`Due: ${due}`,
    ),
    { type: 'actions', buttons: [showDraftButton(draft.id, 'Show and decide')] },
  ];
}

/** The rest of a long list, release by release. */
function moreDrafts(drafts: readonly HomeDraft[]): Block[] {
  const more = drafts.slice(draftsShown);
  const [first] = more;
  if (!first) return [];
  return lines(line`${more.length} more wait for you: ${command('release', `drafts ${first.release.key}`)}`);
}

function ballotBlocks({
  release,
  previous,
  kind,
  releaseKey,
  closesAt,
  zone,
  pollId,
  round,
}: HomeBallot): Block[] {
  const name = release ? nameWithKey(release) : releaseKey;
  const asked = kind === 'readiness' ? `🗳️ Ready? ${name}` : `🗳️ Go or no-go? ${name}`;
  return [
    ...lines(
      [bold(asked)],
      release ? shortenAtWord(onOneLine(release.plan.summary), 200) : null,
      line`Closes ${countdown(closesAt, zone)}`,
      previous ? previousVote(previous, zone) : null,
    ),
    { type: 'actions', buttons: voteButtons({ pollId, round }) },
    ...(release ? planLinkBlocks(release.plan, ['build', 'tickets', 'changes']) : []),
  ];
}

function previousVote({ choice, reason, at }: NonNullable<HomeBallot['previous']>, zone: string): Line {
  const why = reason === null ? '' : `: ${shortReason(onOneLine(reason))}`;
  return line`Last time, ${localDate(at, zone)}, you said ${choiceWords[choice]}${why}`;
}

/** `urgent`: the new version hurts, or nobody knows what customers have. */
function rolloutNeeds(
  { release, rollout, facts }: HomeRelease,
  { personId, now }: { personId: string; now: number },
): { urgent: Block[]; due: Block[] } {
  const status = rolloutStatus(release, rollout, now, facts);
  const title: Line = [bold(rolloutHeader(release, rollout, status)), ` (${release.key})`];
  const may = (capability: ReleaseCapability) => mayDo(release, personId, capability);
  const mayRollBack = facts.hasDriver && may('rollout.rollback');
  const actions = (...buttons: Button[]): Block => ({ type: 'actions', buttons });
  switch (status.kind) {
    case 'failing':
      if (!mayRollBack) break;
      return {
        urgent: [
          ...lines(title, ...rollout.gates.filter(({ state }) => state === 'fail').map(gateLine)),
          actions(rollBackButton(release.key)),
          ...planLinkBlocks(release.plan, ['dashboard', 'runbook']),
        ],
        due: [],
      };
    case 'traffic-unknown':
    case 'traffic-strayed':
      if (!mayRollBack) break;
      return { urgent: [...lines(title), actions(rollBackButton(release.key))], due: [] };
    case 'ready':
      if (!may('rollout.promote')) break;
      return {
        urgent: [],
        due: [
          ...lines(title),
          actions(promoteButton({ releaseKey: release.key, trafficPercent: status.next.trafficPercent })),
        ],
      };
    case 'awaiting': {
      const { id, words, personName, personId: askedBy } = status.request;
      if (!may('rollout.approve') || askedBy === personId) break;
      const [approve, refuse] = promotionRequestButtons(id, words);
      if (!approve || !refuse) break;
      return {
        urgent: [...lines(title, `${personName} asks to ${words}.`), actions(approve, refuse)],
        due: [],
      };
    }
    case 'unrecorded': {
      if (!may('rollout.record')) break;
      const record = command('release', `record ${release.key} deployed 100%`);
      return { urgent: [], due: lines(title, line`Record what was deployed: ${record}`) };
    }
  }
  return { urgent: [], due: [] };
}

/** For whoever leads the release: who has not voted and the ways to go on; after a no-go, to ask again. */
function managedPoll({ release, poll }: HomeRelease, personId: string): Block[] {
  if (!poll || !mayDo(release, personId, 'poll.close')) return [];
  const moveDate = mayDo(release, personId, 'release.reschedule') && mayEdit(release.state);
  const move = moveDate ? [moveDateButton(release.key)] : [];
  if (poll.state === 'closed') return isToAskAgain(release, poll) ? refusedPoll(release, poll, move) : [];
  const tally = tallyVotes(poll, poll.votes);
  const { close } = pollButtons(release, poll);
  const count = tally.byRole.length;
  const all = tally.against.length === 0 ? `✅ All ${count} voted go` : `All ${count} have voted`;
  const remind = tally.missing.length > 0 && !release.pause ? [remindButton(release.key)] : [];
  const buttons = [...(close ? [close] : []), ...remind, ...move];
  return [
    ...lines(
      [bold(`🗳️ ${nameWithKey(release)}: ${poll.kind === 'readiness' ? 'readiness check' : 'go/no-go'}`)],
      line`Closes ${countdown(poll.closesAt, release.plan.goLive.zone)}`,
      ...objectionLines(tally),
      waitingLine(release, poll) ?? all,
    ),
    ...(buttons.length > 0 ? [{ type: 'actions' as const, buttons }] : []),
  ];
}

/** For whoever may say whether they arrived. */
function unsettledMessages({ release, unsettled }: HomeRelease, personId: string): Block[] {
  return mayDo(release, personId, 'delivery.settle') ? unsettledBlocks(release, unsettled) : [];
}

function refusedPoll(release: Release, poll: Poll, move: Button[]): Block[] {
  return [
    ...lines(
      [bold(`⛔ ${nameWithKey(release)}: no-go`)],
      ...objectionLines(tallyVotes(poll, poll.votes)),
      missingLine(release, poll),
    ),
    { type: 'actions', buttons: [askAgainButton(release.key), ...move] },
  ];
}

/** With the key, by which commands call it. */
function nameWithKey(release: Release): string {
  return `${releaseName(release)} (${release.key})`;
}
