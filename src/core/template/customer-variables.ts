import { describeSpan, durationMs } from '../calendar/duration.ts';
import type { Inline } from '../card/inline.ts';
import { BUSINESS_IMPACT } from '../plan/business-impact.ts';
import type { Plan } from '../plan/plan.ts';
import { dueInstantOf } from '../schedule/derive-schedule.ts';
import { always, list, type MessageVariable, phraseIfKnown, sometimes, timeOf } from './variable.ts';

/** The item by which customers hear of a release. */
const ANNOUNCEMENT = 'customer-announcement-email';

/** What a release means for the business and for those outside. */
export const CUSTOMER_VARIABLES: Record<string, MessageVariable> = {
  'release.impact': always(
    'how much it affects the business, by its type: low, medium, high, critical or variable',
    ({ type }) => BUSINESS_IMPACT[type].level,
  ),
  'release.impactAsks': always(
    'what that impact asks for, such as "standard testing and validation"',
    ({ type }) => BUSINESS_IMPACT[type].asksFor,
  ),
  'release.downtime': sometimes(
    'how long customers can\'t use it: "30 minutes", "none"; empty when the plan does not say',
    describeDowntime,
  ),
  'release.interruption': sometimes(
    'the same where there is one; empty for "none", and when the plan does not say',
    (plan) => (plan.downtime !== undefined && durationMs(plan.downtime) > 0 ? describeDowntime(plan) : ''),
  ),
  'customers.action': sometimes(
    'what customers have to do; empty when there is nothing',
    ({ customerAction = '' }) => customerAction,
  ),
  'customers.noticeAt': phraseIfKnown(
    'when customers are to hear of it; empty when they are not, and once that time has come',
    (plan, { now }) => noticeAt(plan, (at) => at > now),
  ),
  'customers.noticedAt': phraseIfKnown(
    'when customers were to hear of it, once that time has come',
    (plan, { now }) => noticeAt(plan, (at) => at <= now),
  ),
  'objectives.goal': sometimes('the main outcome expected', ({ objectives }) => objectives.goal ?? ''),
  'objectives.userImpact': sometimes('how users benefit', ({ objectives }) => objectives.userImpact ?? ''),
  'objectives.revenueImpact': sometimes(
    'the expected financial outcome',
    ({ objectives }) => objectives.revenueImpact ?? '',
  ),
  'objectives.successMetrics': list(
    'the figures that say whether it was a success',
    ({ objectives }) => objectives.successMetrics,
  ),
  'wave.number': sometimes('the number of the wave of tenants that reads it', (_, { wave }) =>
    wave === undefined ? '' : String(wave.number),
  ),
  'wave.at': phraseIfKnown(
    'when the turn of these tenants comes',
    (plan, { wave }) => wave && timeOf(plan, wave.at),
  ),
};

/** The schedule is derived for it, and several variables of each message ask. */
const notices = new WeakMap<Plan, { at: number | undefined }>();

function plannedNotice(plan: Plan): number | undefined {
  const known = notices.get(plan) ?? { at: dueInstantOf(plan, ANNOUNCEMENT) };
  notices.set(plan, known);
  return known.at;
}

/** When customers hear of it by plan, if that is as it should be. */
function noticeAt(plan: Plan, isWanted: (at: number) => boolean): Inline | undefined {
  const at = plannedNotice(plan);
  return at !== undefined && isWanted(at) ? timeOf(plan, at) : undefined;
}

function describeDowntime({ downtime, riskTolerance }: Plan): string {
  if (downtime === undefined) return riskTolerance === 'zero-downtime' ? 'none' : '';
  const ms = durationMs(downtime);
  return ms === 0 ? 'none' : describeSpan(ms);
}
