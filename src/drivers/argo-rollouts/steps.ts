import type { Step } from './rollout.ts';

/** The share that the steps before one have set; null when none of them sets one. */
function weightBefore(steps: readonly Step[], index: number): number | null {
  return steps.slice(0, index).findLast(({ setWeight }) => setWeight !== undefined)?.setWeight ?? null;
}

function isPause(step: Step): boolean {
  return step.pause !== undefined;
}

/** The share at which a Rollout stops next, from a step on, itself included: all traffic when no pause is left. */
export function nextStop(steps: readonly Step[], index: number): number {
  const pause = steps.findIndex((step, at) => at >= index && isPause(step));
  return pause < 0 ? 100 : (weightBefore(steps, pause) ?? 0);
}

/** All shares at which it stops, in their order. */
export function stopsOf(steps: readonly Step[]): number[] {
  const stops = steps.flatMap((step, at) => (isPause(step) ? [weightBefore(steps, at) ?? 0] : []));
  return [...new Set([...stops, 100])];
}
