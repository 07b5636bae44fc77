import { Temporal } from 'temporal-polyfill';
import { groupBy } from '../../lib/group-by.ts';
import { localDate } from '../calendar/working-days.ts';
import type { Plan } from '../plan/plan.ts';
import { ROLE_NAMES, type RoleName } from '../plan/roles.ts';
import { deriveSchedule, expectedCompletion } from '../schedule/derive-schedule.ts';
import { goLiveInstant } from '../schedule/resolve-schedule-time.ts';

/** Something in which a release and others get into each other's way. Instants are epoch ms. */
export type Collision =
  /** The same product, or the same target, is being rolled out at the same time. */
  | { kind: 'service'; releaseKey: string; goLiveAt: number; by: 'product' | 'driver'; name: string }
  /** Somebody has a role at two go-lives within a day. */
  | { kind: 'people'; releaseKey: string; goLiveAt: number; names: string[] }
  /** A channel gets more messages in a week than it should, from this release and others. `weekOf`: its Monday. */
  | { kind: 'audience'; address: string; weekOf: string; messages: number; releaseKeys: string[] };

/** A release beside the one that is looked at. */
export interface OtherRelease {
  key: string;
  plan: Plan;
}

/** A message of another release. */
export interface OtherMessage {
  releaseKey: string;
  address: string;
  /** Epoch ms. */
  at: number;
}

export interface CollisionFacts {
  others: readonly OtherRelease[];
  messages: readonly OtherMessage[];
  /** More messages than this to one channel in a week are too many. */
  messagesAWeek: number;
  /** The drivers that are configured: only these move traffic. */
  drivers: readonly string[];
}

const dayMs = 86_400_000;

/** Everything in which a plan collides with other releases: service, people, audiences, in this order. */
export function findCollisions(plan: Plan, facts: CollisionFacts): Collision[] {
  const others = facts.others.filter(({ key }) => key !== plan.release);
  return [
    ...others.flatMap((other) => serviceCollision(plan, other, facts.drivers)),
    ...others.flatMap((other) => peopleCollision(plan, other)),
    ...audienceCollisions(plan, facts),
  ];
}

function serviceCollision(
  plan: Plan,
  { key, plan: other }: OtherRelease,
  drivers: readonly string[],
): Collision[] {
  const goLiveAt = goLiveInstant(other);
  const overlaps = goLiveAt <= rolledOutBy(plan) && goLiveInstant(plan) <= rolledOutBy(other);
  if (!overlaps) return [];
  const { driver } = plan.rollout;
  if (isSame(plan.product, other.product)) {
    return [{ kind: 'service', releaseKey: key, goLiveAt, by: 'product', name: plan.product }];
  }
  const isShared = driver === other.rollout.driver && drivers.includes(driver);
  return isShared ? [{ kind: 'service', releaseKey: key, goLiveAt, by: 'driver', name: driver }] : [];
}

/** If every phase is promoted the moment its soak is over; what is done at once takes its day. */
function rolledOutBy(plan: Plan): number {
  return Math.max(expectedCompletion(plan), goLiveInstant(plan) + dayMs);
}

function peopleCollision(plan: Plan, { key, plan: other }: OtherRelease): Collision[] {
  const goLiveAt = goLiveInstant(other);
  if (Math.abs(goLiveAt - goLiveInstant(plan)) >= dayMs) return [];
  const theirs = new Set(holders(other).map(({ email }) => email));
  const names = holders(plan).flatMap(({ name, email }) => (theirs.has(email) ? [name] : []));
  return names.length === 0
    ? []
    : [{ kind: 'people', releaseKey: key, goLiveAt, names: [...new Set(names)] }];
}

function holders({ roles }: Plan): { role: RoleName; name: string; email: string }[] {
  return ROLE_NAMES.flatMap((role) => {
    const person = roles[role];
    return person ? [{ role, name: person.name, email: person.email.toLowerCase() }] : [];
  });
}

/** The release's own channel is where its people work, so it is not counted. */
function audienceCollisions(plan: Plan, { messages, messagesAWeek }: CollisionFacts): Collision[] {
  const { zone } = plan.goLive;
  const weekly = new Map<string, { address: string; weekOf: string; own: number }>();
  for (const { kind, dueAt, addresses, audience } of deriveSchedule(plan)) {
    if (kind !== 'message' || audience === 'release') continue;
    for (const address of addresses) {
      const weekOf = mondayOf(dueAt, zone);
      const found = weekly.get(`${weekOf} ${address}`) ?? { address, weekOf, own: 0 };
      weekly.set(`${weekOf} ${address}`, { ...found, own: found.own + 1 });
    }
  }
  const byWeek = groupBy(
    messages.filter(({ releaseKey }) => releaseKey !== plan.release),
    ({ at, address }) => `${mondayOf(at, zone)} ${address}`,
  );
  return [...weekly].flatMap(([week, { address, weekOf, own }]): Collision[] => {
    const theirs = byWeek.get(week) ?? [];
    const total = own + theirs.length;
    if (theirs.length === 0 || total <= messagesAWeek) return [];
    const releaseKeys = [...new Set(theirs.map(({ releaseKey }) => releaseKey))];
    return [{ kind: 'audience', address, weekOf, messages: total, releaseKeys }];
  });
}

/** The Monday (YYYY-MM-DD) of an instant's week in a zone. */
function mondayOf(at: number, zone: string): string {
  const day = Temporal.PlainDate.from(localDate(at, zone));
  return day.subtract({ days: day.dayOfWeek - 1 }).toString();
}

function isSame(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
