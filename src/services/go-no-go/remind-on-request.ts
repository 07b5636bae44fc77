import { and, eq, gte, max } from 'drizzle-orm';
import * as z from 'zod';
import { line } from '../../core/card/line.ts';
import { localDate } from '../../core/card/local-date.ts';
import { remindableFrom } from '../../core/go-no-go/remindable-from.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { latestPoll, type Poll } from '../../db/queries/polls.ts';
import { deliveries } from '../../db/schema/outbox.ts';
import { listWords } from '../../lib/list-words.ts';
import type { Ctx } from '../kernel/context.ts';
import { loadForRequest } from '../kernel/load-for-request.ts';
import { directMessageTo } from '../kernel/person-destination.ts';
import { refusePaused } from '../kernel/refuse-paused.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { type MissingVoter, missingVoters, reminderSubject, sendReminders } from './remind-voters.ts';

const inputSchema = z.object({ releaseKey: z.string().nullable() });
type Input = z.infer<typeof inputSchema>;

export interface RemindedVoters {
  releaseKey: string;
  /** The names of those who were reminded. */
  reminded: string[];
  /** Those who have not voted either, and were asked or reminded only just. */
  left: string[];
}

/** Reminds those who have not voted in the open poll of a release, except those who were asked or reminded only just. */
export function remindOnRequest(args: { ctx: Ctx; input: Input }): Promise<Result<RemindedVoters>> {
  return runVerb({ name: 'go-no-go.remind', input: inputSchema, run: remind }, args);
}

async function remind(scope: Scope, { releaseKey }: Input): Promise<Result<RemindedVoters>> {
  const loaded = await loadForRequest(scope, releaseKey, 'poll.remind');
  if (!loaded.ok) return loaded;
  const release = loaded.value;
  const about = { releaseId: release.id };
  const paused = refusePaused(release);
  if (paused) return { ok: false, refusal: paused };
  const poll = await latestPoll(scope.tx, release.id);
  if (poll?.state !== 'open' || scope.now >= poll.closesAt)
    return refuse('wrong-state', `${release.key} has no open poll, so no votes are missing.`, about);
  const missing = missingVoters(release, poll);
  if (missing.length === 0)
    return refuse(
      'wrong-state',
      `Nobody is left to remind. The card of ${release.key} shows who has voted.`,
      about,
    );
  const due = await Promise.all(missing.map((one) => dueFrom(scope, release, { poll, ...one })));
  const to = missing.filter((_, index) => (due[index] ?? 0) <= scope.now);
  if (to.length === 0) {
    const from = localDate(Math.min(...due), release.plan.goLive.zone);
    const names = listWords(missing.map(nameOf));
    return refuse(
      'conditions-unmet',
      line`I asked ${names} about this only recently. You can remind them again from ${from}.`,
      about,
    );
  }
  await sendReminders(scope, release, { poll, to });
  const left = missing.filter((one) => !to.includes(one));
  return done({ releaseKey: release.key, reminded: to.map(nameOf), left: left.map(nameOf) });
}

function nameOf({ voter }: MissingVoter): string {
  return voter.name;
}

/** From when somebody may be reminded; that they were asked counts like a reminder. */
async function dueFrom(
  { tx }: Scope,
  release: Release,
  { poll, voter }: { poll: Poll; voter: MissingVoter['voter'] },
): Promise<number> {
  const [to] = directMessageTo(voter, { release });
  const { createdAt, destination, releaseId, subject } = deliveries;
  const [last] = to
    ? await tx
        .select({ at: max(createdAt) })
        .from(deliveries)
        .where(
          and(
            eq(releaseId, release.id),
            eq(subject, reminderSubject),
            eq(destination, to),
            gte(createdAt, new Date(poll.openedAt)),
          ),
        )
    : [];
  return remindableFrom(last?.at?.getTime() ?? poll.openedAt, poll);
}
