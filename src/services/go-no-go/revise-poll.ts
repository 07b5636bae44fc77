import { eq } from 'drizzle-orm';
import type { PollOutcome } from '../../core/go-no-go/decide-poll.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { polls } from '../../db/schema/go-no-go.ts';
import type { Scope } from '../kernel/scope.ts';

/** What a closed poll has come to after all: its card says so. The decisions that it had stay on record. */
export async function revisePoll(
  scope: Scope,
  release: Release,
  { pollId, outcome }: { pollId: string; outcome: PollOutcome },
): Promise<void> {
  await scope.tx.update(polls).set({ outcome }).where(eq(polls.id, pollId));
  const details = { outcome };
  scope.audit({ action: 'poll.revised', releaseId: release.id, subject: pollId, details });
}
