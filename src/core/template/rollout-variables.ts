import { describeSpan } from '../calendar/duration.ts';
import { describePercent } from '../rollout/describe-percent.ts';
import { describePhase } from '../rollout/describe-phase.ts';
import { shortestRolloutMs } from '../schedule/derive-schedule.ts';
import { sourcePhrase } from './release-facts.ts';
import { always, list, type MessageVariable, phrase, sometimes } from './variable.ts';

/** How the rollout is planned, and what is known of it. */
export const ROLLOUT_VARIABLES: Record<string, MessageVariable> = {
  'rollout.trafficPercent': sometimes(
    'percent of traffic on the new version; empty when not known',
    (_, facts) => (facts.trafficPercent === null ? '' : percent(facts.trafficPercent)),
  ),
  'rollout.partial': sometimes(
    '"yes" when some of the traffic is on the new version, and not all',
    (_, facts) =>
      yes(facts.trafficPercent !== null && facts.trafficPercent > 0 && facts.trafficPercent < 100),
  ),
  'rollout.allBack': sometimes(
    '"yes" when no traffic is on the new version, as far as is known',
    (_, facts) => yes(facts.trafficPercent === 0),
  ),
  'rollout.complete': sometimes('"yes" when all traffic is on the new version', (_, facts) =>
    yes(facts.trafficPercent === 100),
  ),
  'rollout.asOf': phrase(
    'where that percentage comes from: "as last read from the live system", or who recorded it and when',
    sourcePhrase,
  ),
  'rollout.automated': sometimes(
    '"yes" when tminus moves the traffic; empty when no driver is configured for the release',
    (_, { hasDriver = true }) => yes(hasDriver),
  ),
  'rollout.withoutGo': sometimes(
    '"yes" when it was deployed without a go decision, as was recorded',
    (_, { withoutGo = false }) => yes(withoutGo),
  ),
  'rollout.firstPercent': always('the share of the first phase', (plan) =>
    percent(plan.rollout.phases[0]?.trafficPercent ?? 100),
  ),
  'rollout.phases': list('the phases: share, soak, audience, criteria', (plan) =>
    plan.rollout.phases.map(describePhase),
  ),
  'rollout.gradual': sometimes('"yes" when there is more than one phase', (plan) =>
    yes(plan.rollout.phases.length > 1),
  ),
  'rollout.shortest': sometimes(
    'the shortest time to 100 %; empty when there is one phase, or no driver that keeps to them',
    (plan, { hasDriver = true }) => {
      const length = shortestRolloutMs(plan.rollout.phases);
      return length === 0 || !hasDriver ? '' : describeSpan(length);
    },
  ),
  'rollout.guarded': sometimes(
    '"yes" when tminus checks the criteria of every phase but the last',
    (plan, { hasDriver = true }) => {
      const steps = plan.rollout.phases.slice(0, -1);
      return yes(hasDriver && steps.length > 0 && steps.every(({ criteria }) => criteria.length > 0));
    },
  ),
};

export const ROLLBACK_VARIABLES: Record<string, MessageVariable> = {
  'rollback.reason': sometimes(
    'why it was rolled back; empty when not known',
    (_, facts) => facts.rolledBackReason ?? '',
  ),
  'rollback.peak': sometimes(
    'the highest share of traffic that the new version had, such as "10 %" or "up to 10 %"; empty when not known',
    (_, { exposure }) => {
      if (!exposure) return '';
      const peak = percent(exposure.peakPercent);
      return exposure.isUpperBound ? `up to ${peak}` : peak;
    },
  ),
  'rollback.duration': sometimes(
    'how long the new version had traffic; empty when not known',
    (_, { exposure }) => (exposure?.spanMs ? describeSpan(exposure.spanMs) : ''),
  ),
};

function yes(isSo: boolean): string {
  return isSo ? 'yes' : '';
}

function percent(value: number): string {
  return `${describePercent(value)} %`;
}
