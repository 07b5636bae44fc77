import { describeInstant } from '../calendar/describe-instant.ts';
import type { Plan } from '../plan/plan.ts';
import { resolveScheduleTime } from './resolve-schedule-time.ts';

/** When the plan's first poll of a kind opens or closes, in the zone of the release; empty when it has none. */
export function describePoll(
  plan: Pick<Plan, 'goNoGo' | 'goLive'>,
  kind: 'readiness' | 'decision',
  edge: 'opens' | 'closes',
): string {
  const poll = plan.goNoGo.polls.find((candidate) => candidate.kind === kind);
  if (poll === undefined) return '';
  return describeInstant(resolveScheduleTime(poll[edge], plan.goLive).instant, plan.goLive.zone);
}
