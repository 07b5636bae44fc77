import { and, asc, eq, ne } from 'drizzle-orm';
import type { Destination } from '../../core/address/destination.ts';
import type { Card } from '../../core/card/card.ts';
import type { StatedFacts } from '../../core/facts/facts.ts';
import { splitDetail } from '../../core/messages/split-detail.ts';
import { type ThreadMode, threadModeFor } from '../../core/plan/threads-schema.ts';
import type { ScheduleItem } from '../../core/schedule/derive-schedule.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { deliveries } from '../../db/schema/outbox.ts';
import { deliver, insertDelivery } from '../kernel/effects.ts';
import type { Scope } from '../kernel/scope.ts';
import { findAddress } from '../release/destinations-for.ts';

interface News {
  communicationId: string;
  item: ScheduleItem;
  content: Card;
  states: StatedFacts | undefined;
}

/**
 * Puts a message of the schedule into the outbox, in each place as the plan wants it there: whole, or with its detail
 * in a thread. What customers read goes out whole, since that is what was approved.
 */
export async function deliverNews(
  scope: Scope,
  release: Release,
  { to, ...news }: News & { to: readonly Destination[] },
): Promise<void> {
  const { item, communicationId, content, states } = news;
  const { key: subject, audience, customerFacing = false } = item;
  const whole: Destination[] = [];
  for (const destination of to) {
    const mode = customerFacing ? 'none' : modeAt(scope, release, { audience, destination });
    if (!(await inThread(scope, release, { destination, mode, news }))) whole.push(destination);
  }
  const message = { releaseId: release.id, communicationId, subject, content, states, audience };
  await deliver(scope, { ...message, to: whole, customerFacing });
}

function modeAt(
  { ctx }: Scope,
  release: Release,
  { audience, destination }: { audience: ScheduleItem['audience']; destination: Destination },
): ThreadMode {
  const { channel, kind, id } = destination;
  if (kind !== 'channel' || !ctx.channels.get(channel)?.hasThreads?.(id)) return 'none';
  return threadModeFor(release.plan, { audience, address: findAddress(release, destination) });
}

/** Posts a message with a thread, if it gets one there; false: it does not. */
async function inThread(
  scope: Scope,
  release: Release,
  { destination, mode, news }: { destination: Destination; mode: ThreadMode; news: News },
): Promise<boolean> {
  const { item, communicationId, content, states } = news;
  const row = { releaseId: release.id, communicationId, destination, subject: item.key, states };
  const first = mode === 'all' ? await findFirst(scope, release, destination) : null;
  if (first) {
    await insertDelivery(scope, { ...row, content, below: first });
    return true;
  }
  const split = mode === 'none' ? null : splitDetail(content);
  if (!split?.detail) return false;
  // Both give the facts: whichever arrives alone has told them.
  const below = await insertDelivery(scope, { ...row, content: split.news });
  await insertDelivery(scope, { ...row, content: split.detail, below });
  return true;
}

/** The first message of a release in a place; null when there is none that can have a thread. */
async function findFirst({ tx }: Scope, release: Release, destination: Destination): Promise<string | null> {
  const { id, seq, releaseId, destination: at, state } = deliveries;
  const [first] = await tx
    .select({ id })
    .from(deliveries)
    .where(and(eq(releaseId, release.id), eq(at, destination), ne(state, 'failed')))
    .orderBy(asc(seq))
    .limit(1);
  return first?.id ?? null;
}
