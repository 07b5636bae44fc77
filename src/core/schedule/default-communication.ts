import type { Audience } from '../plan/audiences.ts';
import type { RoleName } from '../plan/roles.ts';
import type { ReleaseContext } from '../release/release-context.ts';
import type { Conditions } from './applies-to.ts';

/** What can set off a communication other than the calendar. */
export type ScheduleEvent =
  /** The first traffic is on the new version. */
  | 'rollout-started'
  | 'rollout-completed'
  | 'rolled-back'
  /** It had all traffic, and has less again without a rollback. */
  | 'traffic-reduced'
  | 'cancelled';

/** At a local time some calendar days from go-live, at an elapsed time from it, or on an event. */
export type When = { offset: string; time: string } | { goLive: string } | { event: ScheduleEvent };

export interface DefaultCommunication extends Conditions {
  key: string;
  title: string;
  kind: 'message' | 'live-card' | 'event';
  when: When;
  /** Who is told; the plan's channel for it is the destination. */
  audience: Audience;
  /** Whose task it is about. */
  owner: RoleName;
  /** Null for the live card, which is not made from a template. */
  template: string | null;
  /** The contexts in which `template` tells the truth. */
  validIn: readonly ReleaseContext[];
  /** Which template tells the truth in other contexts; where there is none, nothing is sent. */
  variants: Readonly<Partial<Record<ReleaseContext, string>>>;
  /** The key of another one: it goes out only where and when that one has gone out. */
  corrects?: string;
  /** Customers read it: it is a draft until its owner has approved it. */
  customerFacing?: true;
  /** It comes earlier or later along with `customerNotice`; `when` is for the default notice. */
  movesWithNotice?: true;
  /** One for each wave of tenants, to its destinations: on the day of its turn, or when `when` says. */
  perWave?: 'on-its-day' | 'as-said';
  /** In the documents the project was created from (S1, S2). */
  source: string;
}

/** The contexts of what only makes sense while a release is on its way. */
export const BEFORE_GO_LIVE: readonly ReleaseContext[] = ['planned', 'approved'];

/** The parts of a row that most rows have alike. */
type Usual = 'kind' | 'template' | 'validIn' | 'variants';
type Row = Omit<DefaultCommunication, Usual> & Partial<Pick<DefaultCommunication, Usual>>;

/** A message at an instant: from the template of its name, before go-live, and nothing in other contexts, unless the row says otherwise. */
export function message(row: Row): DefaultCommunication {
  return { kind: 'message', template: row.key, validIn: BEFORE_GO_LIVE, variants: {}, ...row };
}

/** A message that something sets off: from the template of its name, in no other context than the row's. */
export function onEvent(row: Row & Pick<DefaultCommunication, 'validIn'>): DefaultCommunication {
  return { kind: 'event', template: row.key, variants: {}, ...row };
}
