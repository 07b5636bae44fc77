import type { Patience } from '../../requests/acknowledge-once-kept.ts';

/** Slack gives three seconds. */
export const patience: Patience = {
  keepAfterMs: 2_000,
  acknowledgeAfterMs: 2_500,
  acknowledgeWithinMs: 2_800,
};
