/**
 * What a rollout has where nobody says anything, besides its phases (`rollout-presets.ts`).
 *
 * - The window is the five minutes over which S1 §6.1 judges the error rate.
 * - 100 requests are the least from which an error rate of 1 % can be told from chance at all.
 */

export const DEFAULT_STRATEGY = 'canary';
export const DEFAULT_DRIVER = 'demo';
export const DEFAULT_METRICS = 'demo';
export const DEFAULT_WINDOW = 'PT5M';
export const DEFAULT_MIN_REQUESTS = 100;
