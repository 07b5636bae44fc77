import { z } from 'zod';
import { done, type Result, refuse } from '../../core/result.ts';
import type { Ctx } from '../context.ts';
import { runVerb, type Scope } from '../verb.ts';
import { lockPoll } from './cast-vote.ts';
import { describeVoters, rolesInPoll } from './voters.ts';

const inputSchema = z.object({ pollId: z.uuid('That poll is not known.') });

/** Whether somebody may vote in a poll now: asked before a window opens in which they would type a reason. */
export function checkBallot(args: { ctx: Ctx; input: z.infer<typeof inputSchema> }): Promise<Result<null>> {
  return runVerb({ name: 'go-no-go.vote', input: inputSchema, isShared: true, run: check }, args);
}

async function check(scope: Scope, { pollId }: z.infer<typeof inputSchema>): Promise<Result<null>> {
  const loaded = await lockPoll(scope, pollId);
  if (!loaded) return refuse('not-found', 'That poll is not known.');
  const { release, poll } = loaded;
  if (rolesInPoll(loaded, scope.ctx.actor).length === 0) {
    return refuse('not-permitted', `You don't vote on ${release.key}.`, {
      releaseId: release.id,
      who: describeVoters(loaded),
    });
  }
  if (poll.state === 'open') return done(null);
  return refuse('wrong-state', `Voting on ${release.key} is closed. Its channel tells the outcome.`, {
    releaseId: release.id,
  });
}
