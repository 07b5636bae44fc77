import { command } from '../../core/card/card.ts';
import { line } from '../../core/card/line.ts';
import { type RoleName, roleTitle } from '../../core/plan/roles.ts';
import { isPollShown } from '../../db/queries/is-rollout-shown.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { Poll } from '../../db/queries/polls.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { lockPoll } from './lock-poll.ts';
import { describeVoters, rolesInPoll } from './voters.ts';

/** An open poll in which the actor votes, for these roles. */
export interface Ballot {
  release: Release;
  poll: Poll;
  roles: RoleName[];
}

/** Locks a poll for the vote of the actor, or says why there is none, such as that voting has ended. `lost` adds what became of a vote that came too late. */
export async function loadBallot(scope: Scope, pollId: string, { lost = '' } = {}): Promise<Result<Ballot>> {
  const loaded = await lockPoll(scope, pollId);
  if (!loaded) return refuse('not-found', 'There is no such poll.');
  const { release, poll } = loaded;
  const { actor } = scope.ctx;
  const roles = rolesInPoll(loaded, actor.kind === 'person' ? actor.personId : null);
  if (roles.length === 0) {
    const voted = actor.kind === 'person' && poll.votes.find(({ personId }) => personId === actor.personId);
    if (voted && release.plan.goNoGo.distinctPeople) {
      const message = `Your vote as ${roleTitle(voted.role)} still counts, and the plan of ${release.key} requires a different person for each role.`;
      return refuse('not-permitted', message, { releaseId: release.id, who: describeVoters(loaded) });
    }
    return refuse('not-permitted', `You don't vote on ${release.key}.`, {
      releaseId: release.id,
      who: describeVoters(loaded),
    });
  }
  // Also while the timer that closes it is late.
  if (poll.state === 'open' && (release.pause || scope.now < poll.closesAt))
    return done({ release, poll, roles });
  const place = (await isPollShown(scope.tx, poll.id))
    ? 'in its channel'
    : line`with ${command('release', `show ${release.key}`)}`;
  const message = line`Voting on ${release.key} is closed${lost}. See the result ${place}.`;
  return refuse('wrong-state', message, { releaseId: release.id });
}
