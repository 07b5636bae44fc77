import type { Plan } from '../plan/plan.ts';
import type { Criterion } from './evaluate-gate.ts';

/**
 * What is judged while a phase has its traffic: its own criteria. A last phase that has none is judged by those of the
 * nearest phase before it: what was bad at 50 % is no better at 100 %.
 */
export function watchedCriteria(
  { phases }: Pick<Plan['rollout'], 'phases'>,
  phaseIndex: number,
): readonly Criterion[] {
  const own = phases[phaseIndex]?.criteria ?? [];
  if (own.length > 0 || phaseIndex !== phases.length - 1) return own;
  return phases.findLast(({ criteria }) => criteria.length > 0)?.criteria ?? [];
}
