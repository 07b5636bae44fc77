import type { Plan } from '../plan/plan.ts';
import { resolveScheduleTime } from './resolve-schedule-time.ts';

/** When the plan's first poll of a kind opens or closes (epoch ms); undefined when it has none. */
export function pollInstant(
  plan: Pick<Plan, 'goNoGo' | 'goLive'>,
  kind: 'readiness' | 'decision',
  edge: 'opens' | 'closes',
): number | undefined {
  const poll = plan.goNoGo.polls.find((candidate) => candidate.kind === kind);
  return poll && resolveScheduleTime(poll[edge], plan.goLive).instant;
}
