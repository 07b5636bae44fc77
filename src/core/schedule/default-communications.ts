import type { ReleaseContext } from '../release/release-context.ts';
import { ANNOUNCEMENT_COMMUNICATIONS } from './announcement-communications.ts';
import { BEFORE_GO_LIVE_COMMUNICATIONS } from './before-go-live-communications.ts';
import { BRIEFING_COMMUNICATIONS } from './briefing-communications.ts';
import { CUSTOMER_FOLLOW_UP_COMMUNICATIONS } from './customer-follow-up-communications.ts';
import { CUSTOMER_SETBACK_COMMUNICATIONS } from './customer-setback-communications.ts';
import { BEFORE_GO_LIVE, type DefaultCommunication } from './default-communication.ts';
import { FOLLOW_UP_COMMUNICATIONS } from './follow-up-communications.ts';
import { GO_LIVE_DAY_COMMUNICATIONS } from './go-live-day-communications.ts';
import { LAUNCH_COMMUNICATIONS } from './launch-communications.ts';
import { SETBACK_COMMUNICATIONS } from './setback-communications.ts';

/**
 * The communications of S1 §3.3 and §8.1 and of S2 §4, and what a rollback or a cancellation tells those who were told
 * of the release (S1 §6.2, §6.3). `appliesTo` says which of them a plan has. The polls of T-7 and T-1 are not here:
 * they come from the plan's `goNoGo`. The sources give the days; the times of day are ours.
 */
export const DEFAULT_COMMUNICATIONS: readonly DefaultCommunication[] = [
  ...BEFORE_GO_LIVE_COMMUNICATIONS,
  ...BRIEFING_COMMUNICATIONS,
  ...ANNOUNCEMENT_COMMUNICATIONS,
  ...GO_LIVE_DAY_COMMUNICATIONS,
  ...LAUNCH_COMMUNICATIONS,
  ...FOLLOW_UP_COMMUNICATIONS,
  ...CUSTOMER_FOLLOW_UP_COMMUNICATIONS,
  ...SETBACK_COMMUNICATIONS,
  ...CUSTOMER_SETBACK_COMMUNICATIONS,
];

/** The template that asks for votes in each kind of poll. */
export const POLL_TEMPLATES = { readiness: 'go-no-go-readiness', decision: 'go-no-go-decision' } as const;

export const POLL_TITLES = { readiness: 'Go/no-go readiness check', decision: 'Go/no-go decision' } as const;

/** Whatever its votes decide: where its time has passed, that is told. */
export const POLL_VALID_IN: readonly ReleaseContext[] = [...BEFORE_GO_LIVE, 'unrecorded'];

/** The schedule's key for a poll of the plan: `go-no-go-decision`. */
export function pollItemKey(pollKey: string): string {
  return `go-no-go-${pollKey}`;
}
