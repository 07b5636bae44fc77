import { countWords } from '../../lib/count-words.ts';
import type { Destination } from '../address/destination.ts';
import { calendarDaysBetween } from '../calendar/describe-instant.ts';
import { type Line, line } from '../card/line.ts';
import { localDate } from '../card/local-date.ts';
import type { PollOutcome } from '../go-no-go/decide-poll.ts';
import type { Identity } from '../people/identity.ts';
import type { Audience } from '../plan/audiences.ts';
import type { Plan } from '../plan/plan.ts';
import type { RoleName } from '../plan/roles.ts';
import type { ReleaseState } from '../release/release-state.ts';
import type { Exposure } from '../rollout/measure-exposure.ts';
import { goLiveInstant } from '../schedule/resolve-schedule-time.ts';
import { literalValue } from './literal-value.ts';

/** What is known of a release at the moment a message is made. Nothing else may be claimed. */
export interface ReleaseFacts {
  state: ReleaseState;
  /** Percent of traffic on the new version as last read from the target, or recorded; null when not known. */
  trafficPercent: number | null;
  /** Who recorded it and when (epoch ms), where a person did; null or left out: it was read from the target. */
  recorded?: { by: string; at: number } | null | undefined;
  /** It was deployed although no go decision stood, as was recorded; left out: no. */
  withoutGo?: boolean;
  /** Whether tminus moves the traffic, by a driver that is configured; left out: yes. */
  hasDriver?: boolean;
  /** The outcome of the last decision poll that closed; null or left out: not known. `at` is epoch ms. */
  decision?: { outcome: PollOutcome; at: number } | null | undefined;
  rolledBackReason?: string | null | undefined;
  /** How far the new version had come before it was rolled back; null or left out: not known. */
  exposure?: Exposure | null | undefined;
  /** Who reads the message; left out: nobody in particular. */
  audience?: Audience;
  /** Whose turn it is about, when tenants read it; `at` is epoch ms. */
  wave?: { number: number; at: number } | undefined;
  /** Where the channels are that the plan names; left out: not known, so that nothing can be linked. */
  destinations?: ReadonlyMap<string, Destination>;
  /** Who answers for the roles now, with their accounts; left out: not known, so that nobody can be mentioned. */
  answering?: Partial<Record<RoleName, { name: string; identities: readonly Identity[] }>>;
  /** Epoch ms of the release's clock. */
  now: number;
}

/** `3 days before go-live`. */
export function describeRelation(plan: Plan, facts: ReleaseFacts): string {
  const days = daysToGoLive(plan, facts);
  if (days === 0) return 'on the day of go-live';
  return days > 0 ? `${countDays(days)} before go-live` : `${countDays(-days)} after go-live`;
}

function daysToGoLive(plan: Plan, { now }: ReleaseFacts): number {
  return calendarDaysBetween(now, goLiveInstant(plan), plan.goLive.zone);
}

function countDays(days: number): string {
  return countWords(days, 'day');
}

/** Without the poll's result the state still tells whether a go stands; it can't tell a no-go from silence. */
export function decisionPhrase(plan: Plan, { decision, state, withoutGo }: ReleaseFacts): Line | undefined {
  if (decision === undefined || decision === null) {
    return STATES_AFTER_GO.includes(state) && !withoutGo ? 'go' : undefined;
  }
  const outcome = decision.outcome === 'no_go' ? 'no-go' : 'go';
  return line`${outcome}, ${localDate(decision.at, plan.goLive.zone)}`;
}

/** Continues "50 % of traffic is on the new version, ". */
export function sourcePhrase(plan: Plan, { trafficPercent, recorded }: ReleaseFacts): Line {
  if (trafficPercent === null) return 'as far as is known';
  if (!recorded) return 'as last read from the live system';
  const at = localDate(recorded.at, plan.goLive.zone);
  return line`as recorded by ${literalValue(recorded.by)}, ${at}; not read from the live system`;
}

const STATES_AFTER_GO: readonly ReleaseState[] = ['approved', 'in_progress', 'completed'];
