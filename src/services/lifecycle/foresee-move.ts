import { createHash } from 'node:crypto';
import { isAmong } from '../../core/address/destination.ts';
import { canonicalJson, type Json } from '../../core/audit/canonical-json.ts';
import { describeDate } from '../../core/calendar/describe-instant.ts';
import { freezesAt } from '../../core/freeze/find-slot.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { planDigest } from '../../core/plan/plan-digest.ts';
import { nextReleaseState } from '../../core/release/release-state.ts';
import { type ChangedItem, compareSchedule } from '../../core/schedule/compare-schedule.ts';
import { deriveSchedule, type ScheduleItem } from '../../core/schedule/derive-schedule.ts';
import { pollInstant } from '../../core/schedule/poll-instant.ts';
import { goLiveInstant } from '../../core/schedule/resolve-schedule-time.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { latestPoll } from '../../db/queries/polls.ts';
import { planEverywhere } from '../corrections/plan-everywhere.ts';
import { followersOf } from '../follow/tell-followers.ts';
import { readerAt } from '../kernel/recipients.ts';
import { loadFreezes } from '../kernel/refuse-frozen.ts';
import type { Scope } from '../kernel/scope.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { type CorrectedPlace, correctedPlaces } from './corrected-places.ts';
import { comesBack, loadScheduleRows, type ScheduleRow } from './update-schedule.ts';

/** What a new go-live would do, for whoever has to confirm it. Instants are epoch ms. */
export interface ForeseenMove {
  before: number;
  goLiveAt: number;
  /** A go stands and would be taken back; the go/no-go is open and would be closed; when it is asked for then. */
  decision: { goTakenBack: boolean; pollClosed: boolean; asksAt: number | null };
  /** In the order of the schedule. */
  moved: { title: string; from: number; to: number }[];
  /** Titles: what was sent, what would be in the past, what is too late to be of use, what gets its time again. */
  sent: string[];
  past: string[];
  expired: string[];
  back: string[];
  corrected: CorrectedPlace[];
  /** How many people follow it, and are told in their direct messages. */
  followers: number;
  /** The freeze in which the new go-live is, although it may be; null: none. */
  freeze: string | null;
  /** The same as long as all of this, and the plan, are the same. */
  seen: string;
}

/** Finds out what a release's new plan would do that differs in its go-live alone. Writes nothing; the caller holds the release's lock. */
export async function foreseeMove(scope: Scope, release: Release, plan: Plan): Promise<ForeseenMove> {
  const goLiveAt = goLiveInstant(plan);
  const corrected = await toBeCorrected(scope, release, plan);
  const followers = await followersOf(scope, release);
  const told = corrected.map(({ destination }) => destination);
  const [holding] = freezesAt(await loadFreezes(scope.tx, scope.ctx), plan, goLiveAt);
  const foreseen = {
    before: release.goLiveAt,
    goLiveAt,
    decision: await foreseeDecision(scope, release, plan),
    ...(await foreseeSchedule(scope, release, plan)),
    corrected: correctedPlaces(release, corrected),
    followers: followers.filter((one) => !isAmong(one, told)).length,
    freeze: holding?.freeze.name ?? null,
  };
  return { ...foreseen, seen: digestOf(release, foreseen) };
}

/** Whether a new go-live is on another day than the one that is planned. */
export function isAnotherDay({ goLiveAt: before, plan }: Release, after: number): boolean {
  const { zone } = plan.goLive;
  return describeDate(before, zone) !== describeDate(after, zone);
}

async function foreseeDecision(
  scope: Scope,
  release: Release,
  plan: Plan,
): Promise<ForeseenMove['decision']> {
  const asksAt = pollInstant(plan, 'decision', 'opens') ?? 0;
  const isOtherDay = isAnotherDay(release, goLiveInstant(plan));
  const poll = await latestPoll(scope.tx, release.id);
  return {
    goTakenBack: isOtherDay && nextReleaseState(release.state, 'withdrawApproval') !== null,
    pollClosed: isOtherDay && poll?.state === 'open' && poll.kind === 'decision',
    asksAt: asksAt > scope.now ? asksAt : null,
  };
}

async function foreseeSchedule(scope: Scope, release: Release, plan: Plan) {
  const rows = await loadScheduleRows(scope.tx, release.id);
  const schedule = deriveSchedule(plan);
  const change = compareSchedule(rows, schedule, release.pause?.since ?? scope.now);
  const inOrder = (changed: readonly ChangedItem<ScheduleRow>[]) =>
    changed.toSorted((one, other) => schedule.indexOf(one.item) - schedule.indexOf(other.item));
  const titles = (changed: readonly ChangedItem<ScheduleRow>[]) =>
    inOrder(changed).map(({ item }) => item.title);
  const back = (item: ScheduleItem) =>
    rows.some((row) => row.key === item.key && comesBack(row, item, scope.now));
  return {
    moved: inOrder(change.moved).flatMap(({ row, item }) =>
      row.dueAt === null || item.dueAt === null ? [] : { title: item.title, from: row.dueAt, to: item.dueAt },
    ),
    sent: titles(change.sent),
    past: titles(change.past),
    expired: titles(change.expired),
    back: schedule.filter(back).map(({ title }) => title),
  };
}

/** Where the old date would be corrected. The release's channel has a message of its own about the move. */
async function toBeCorrected(scope: Scope, release: Release, plan: Plan) {
  const channel = destinationsFor(release, 'release').map(readerAt);
  const places = await planEverywhere(scope, release, plan);
  return places.flatMap(({ destination }) =>
    destination && !channel.includes(readerAt(destination)) ? { destination } : [],
  );
}

function digestOf(release: Release, foreseen: Omit<ForeseenMove, 'seen'>): string {
  const json: Json = JSON.parse(JSON.stringify({ plan: planDigest(release.plan), ...foreseen }));
  return createHash('sha256').update(canonicalJson(json)).digest('hex');
}
