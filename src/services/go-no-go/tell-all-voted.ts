import { eq } from 'drizzle-orm';
import { localDate } from '../../core/card/local-date.ts';
import { tallyVotes } from '../../core/go-no-go/decide-poll.ts';
import { allVotedMessage } from '../../core/messages/all-voted-message.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { Poll } from '../../db/queries/polls.ts';
import { polls } from '../../db/schema/go-no-go.ts';
import { deliver } from '../kernel/effects.ts';
import type { Scope } from '../kernel/scope.ts';
import { whoMay } from '../kernel/who-may.ts';
import { destinationsFor } from '../release/destinations-for.ts';

/**
 * After a vote: when nobody is missing any more, the release's channel is told, and whoever can close the poll is
 * asked to. Once; and once more when a no-go has become a go. The caller holds the release's lock, and `poll` has the
 * vote.
 */
export async function tellAllVoted(scope: Scope, release: Release, poll: Poll): Promise<void> {
  const tally = tallyVotes(poll, poll.votes);
  const { toldComplete: told } = poll;
  const isNews = told === null || (told === 'no_go' && tally.outcome === 'go');
  // With nobody missing it can't time out.
  const outcome = tally.outcome === 'go' ? 'go' : 'no_go';
  if (tally.missing.length > 0 || !isNews) return;
  await scope.tx.update(polls).set({ toldComplete: outcome }).where(eq(polls.id, poll.id));
  const details = { kind: poll.kind, outcome };
  scope.audit({ action: 'poll.all-voted', releaseId: release.id, subject: poll.id, details });
  await deliver(scope, {
    releaseId: release.id,
    to: destinationsFor(release, 'release'),
    subject: 'all-voted',
    content: allVotedMessage({
      releaseKey: release.key,
      pollId: poll.id,
      kind: poll.kind,
      goStands: release.state === 'approved',
      policy: poll.policy,
      tally,
      closes: localDate(poll.closesAt, release.plan.goLive.zone),
      mayClose: release.pause ? null : whoMay(release, 'poll.close'),
    }),
  });
}
