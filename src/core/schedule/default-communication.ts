import type { Audience } from '../plan/audiences.ts';
import type { RoleName } from '../plan/roles.ts';
import type { ReleaseContext } from '../release/release-context.ts';

/** What can set off a communication other than the calendar. */
export type ScheduleEvent =
  /** The first traffic is on the new version. */
  | 'rollout-started'
  | 'rollout-completed'
  | 'rolled-back'
  /** It had all traffic, and has less again without a rollback. */
  | 'traffic-reduced';

/** At a local time some calendar days from go-live, at an elapsed time from it, or on an event. */
export type When = { offset: string; time: string } | { goLive: string } | { event: ScheduleEvent };

export interface DefaultCommunication {
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
  /** In the release plan the project was created from (S1). */
  source: string;
}

/** The contexts of what only makes sense while a release is on its way. */
export const BEFORE_GO_LIVE: readonly ReleaseContext[] = ['planned', 'approved'];
