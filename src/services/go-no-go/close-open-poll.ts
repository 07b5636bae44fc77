import { eq } from 'drizzle-orm';
import type { Release } from '../../db/queries/load-release.ts';
import { latestPoll } from '../../db/queries/polls.ts';
import { polls } from '../../db/schema/go-no-go.ts';
import { cancelTimers } from '../kernel/effects.ts';
import type { Scope } from '../kernel/scope.ts';

/** Closes the open poll of a release, if there is one, without a decision: there is nothing left to decide. */
export async function closeOpenPoll(scope: Scope, release: Release): Promise<void> {
  const poll = await latestPoll(scope.tx, release.id);
  if (poll?.state !== 'open') return;
  const closed = { state: 'closed' as const, closedAt: new Date(scope.now) };
  await scope.tx.update(polls).set(closed).where(eq(polls.id, poll.id));
  await cancelTimers(scope, poll.id);
  const details = { kind: poll.kind, outcome: null };
  scope.audit({ action: 'poll.closed', releaseId: release.id, subject: poll.id, details });
}
