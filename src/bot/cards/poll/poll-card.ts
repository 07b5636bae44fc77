import { type Block, bold, type Card, command, type Inline, note, text } from '../../../core/card/card.ts';
import { line } from '../../../core/card/line.ts';
import { type PollTally, tallyVotes, type Vote } from '../../../core/go-no-go/decide-poll.ts';
import { describeSharedRoles } from '../../../core/go-no-go/shared-roles.ts';
import { isLongReason, shortReason } from '../../../core/messages/reason.ts';
import { type RoleName, roleTitle } from '../../../core/plan/roles.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { Poll } from '../../../db/queries/polls.ts';
import { capitalize } from '../../../lib/capitalize.ts';
import { listWords } from '../../../lib/list-words.ts';
import { whoAnswersFor } from '../../../services/kernel/stand-ins.ts';
import { closedNote, describeOutcome, openPollBlocks, pollSummary } from '../parts/poll-parts.ts';

/** A poll as everyone in the release's channel sees it: role by role, what is missing, until when. */
export function pollCard(release: Release, poll: Poll): Card {
  const tally = tallyVotes(poll.roles, poll.votes);
  const summary = pollSummary(release, poll, tally);
  return {
    summary,
    blocks: [
      ...poll.intro,
      { type: 'list', ordered: false, items: tally.byRole.map((entry) => voteLine(release, poll, entry)) },
      ...reasonsNote(release, poll, tally),
      ...sharedNotes(release, tally),
      { type: 'paragraph', content: [bold(standing(release, poll, tally))] },
      ...(poll.state === 'open' ? openPollBlocks(release, poll) : [closedNote(release, poll)]),
    ],
  };
}

function standing(release: Release, poll: Poll, tally: PollTally): string {
  if (poll.state === 'closed')
    return `${poll.outcome === null ? 'Closed' : 'Result'}: ${describeOutcome(release, poll)}.`;
  const parts: string[] = [];
  const isCheck = poll.kind === 'readiness';
  const blocked = isCheck ? 'one is enough for the check not to pass' : 'one is enough to block';
  if (tally.against.length > 0) parts.push(`${tally.against.length} no-go; ${blocked}`);
  if (tally.missing.length > 0) parts.push(`waiting for ${tally.missing.map(roleTitle).join(', ')}`);
  return parts.length > 0
    ? `${capitalize(parts.join('; '))}.`
    : `All have voted go; ${isCheck ? 'the check passes' : 'it is a go'} when the poll closes.`;
}

function voteLine(release: Release, poll: Poll, { role, vote }: PollTally['byRole'][number]): Inline[] {
  const who = bold(`${roleTitle(role)} (${vote ? voterName(vote) : askedName(release, poll, role)}): `);
  if (!vote)
    return [who, { type: 'text', text: poll.state === 'open' ? 'no vote yet' : 'no vote', italic: true }];
  if (vote.choice === 'go') return [who, text('✅ go')];
  return [who, text(`⛔ no-go: ${shortReason(vote.reason ?? '')}`)];
}

/** One person who decides for several roles is said, whether or not they have voted. */
function sharedNotes(release: Release, { byRole }: PollTally): Block[] {
  const voters = byRole.flatMap(({ role, vote }) => {
    if (vote) return [{ role, personId: vote.personId, name: vote.personName }];
    const [asked] = whoAnswersFor(release, role);
    return asked ? [{ role, personId: asked.personId, name: asked.name }] : [];
  });
  return describeSharedRoles(voters, { asked: byRole.length, verb: 'votes' }).map((sentence) =>
    note(sentence),
  );
}

function voterName({ personName, inPlaceOf: holder }: Vote): string {
  return holder === null ? personName : `${personName}, in place of ${holder}`;
}

function askedName(release: Release, poll: Poll, role: RoleName): string {
  const [asked, ...others] = whoAnswersFor(release, role, poll);
  if (!asked) return 'nobody';
  if (!asked.isReachable) return `${asked.name}, who can't be reached`;
  if (asked.position === 'backup') return `${asked.name}, backup`;
  const backups = others.filter(({ position }) => position === 'backup').map(({ name }) => name);
  return backups.length > 0 ? `${asked.name}, escalated to ${listWords(backups)}` : asked.name;
}

/** Where the reasons are that have no room in their lines. */
function reasonsNote(release: Release, poll: Poll, { against }: PollTally): Block[] {
  if (!against.some(({ reason }) => isLongReason(reason))) return [];
  const place =
    poll.state === 'open' ? command('release', `show ${release.key}`) : 'the message of the outcome';
  return [note(line`Reasons in full: ${place}.`)];
}
