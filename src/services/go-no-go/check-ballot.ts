import * as z from 'zod';
import { ROLE_NAMES, type RoleName } from '../../core/plan/roles.ts';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { whoAnswersFor } from '../kernel/stand-ins.ts';
import { runVerb } from '../kernel/verb.ts';
import { loadBallot } from './load-ballot.ts';

const inputSchema = z.object({ pollId: z.uuid('There is no such poll.') });

/** What a form for a vote needs. Instants are epoch ms. */
export interface BallotFacts {
  releaseKey: string;
  zone: string;
  goLiveAt: number;
  closesAt: number;
  /** Those who can see to a condition, the first of each role. */
  owners: { role: RoleName; name: string }[];
}

/** Whether somebody may vote in a poll now: asked before a window opens in which they would type a reason. */
export function checkBallot(args: {
  ctx: Ctx;
  input: z.infer<typeof inputSchema>;
}): Promise<Result<BallotFacts>> {
  return runVerb({ name: 'go-no-go.check-ballot', input: inputSchema, run: check }, args);
}

async function check(scope: Scope, { pollId }: z.infer<typeof inputSchema>): Promise<Result<BallotFacts>> {
  const loaded = await loadBallot(scope, pollId);
  if (!loaded.ok) return loaded;
  const { release, poll } = loaded.value;
  const owners = ROLE_NAMES.flatMap((role) => {
    const [holder] = whoAnswersFor(release, role);
    return holder ? [{ role, name: holder.name }] : [];
  });
  const { key: releaseKey, plan, goLiveAt } = release;
  return done({ releaseKey, zone: plan.goLive.zone, goLiveAt, closesAt: poll.closesAt, owners });
}
