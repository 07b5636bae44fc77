import { and, eq, isNotNull } from 'drizzle-orm';
import { note } from '../../core/card/card.ts';
import { line } from '../../core/card/line.ts';
import { localDate } from '../../core/card/local-date.ts';
import type { ScheduleItem } from '../../core/schedule/derive-schedule.ts';
import { type Lateness, latenessOf } from '../../core/schedule/lateness.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { drafts } from '../../db/schema/drafts.ts';
import { communications, releases } from '../../db/schema/release.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Scope } from '../kernel/scope.ts';
import type { Composed } from './compose-communication.ts';

/** Why an item is asked about that was not carried out in time. */
export const LATE = 'The planned time has passed.';

/** How late an item is. An event has no instant, and a live card always shows the present: neither is ever late. */
export async function findLateness(scope: Scope, release: Release, item: ScheduleItem): Promise<Lateness> {
  if (item.kind === 'event' || item.kind === 'live-card') return 'on-time';
  const judge = (waitedSince: number) =>
    latenessOf({
      waitedSince,
      now: scope.now,
      allowedMs: scope.ctx.latenessMs,
      rate: rateOf(scope.ctx.clock),
    });
  const lateness = judge(item.dueAt);
  if (lateness === 'on-time') return lateness;
  return judge(
    Math.max(item.dueAt, await findResumed(scope, release), await findApproved(scope, release, item)),
  );
}

/** The same with its true time, for readers who get it later. Customers read what was approved, and nothing besides. */
export function sayingWhen(composed: Composed, release: Release, item: ScheduleItem): Composed {
  const { dueAt, customerFacing = false } = item;
  if (dueAt === null || customerFacing) return composed;
  const said = note(line`Planned for ${localDate(dueAt, release.plan.goLive.zone)}.`);
  if (composed.do === 'open-poll') return { ...composed, intro: [...composed.intro, said] };
  if (composed.do !== 'deliver') return composed;
  return { ...composed, content: { ...composed.content, blocks: [...composed.content.blocks, said] } };
}

/** How many times as fast as real time the release's clock runs; 0 while it stands still. */
function rateOf(clock: Clock): number {
  const spanMs = 1_000;
  return (clock.instantAfter(spanMs) - clock.now()) / spanMs;
}

/**
 * When somebody approved what nobody had approved in time, epoch ms: they have decided that it goes out so late. 0 when
 * nobody did.
 */
async function findApproved({ tx }: Scope, release: Release, item: ScheduleItem): Promise<number> {
  if (item.customerFacing !== true) return 0;
  const isOfItem = and(eq(communications.releaseId, release.id), eq(communications.key, item.key));
  const [row] = await tx
    .select({ approvedAt: drafts.approvedAt })
    .from(drafts)
    .innerJoin(communications, eq(communications.id, drafts.communicationId))
    .where(and(isOfItem, eq(drafts.state, 'approved'), isNotNull(drafts.missedAt)));
  return row?.approvedAt?.getTime() ?? 0;
}

/** When a release was last resumed, epoch ms; 0 when it never was. */
async function findResumed({ tx }: Scope, { id }: Release): Promise<number> {
  const [row] = await tx.select({ resumedAt: releases.resumedAt }).from(releases).where(eq(releases.id, id));
  return row?.resumedAt?.getTime() ?? 0;
}
