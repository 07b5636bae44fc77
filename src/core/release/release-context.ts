import type { ReleaseState } from './release-state.ts';

/**
 * How a release stands, as far as a message needs to know. Finer than the release's state: while a
 * rollout is under way, what may be said depends on the share of traffic that was really read.
 */
export const RELEASE_CONTEXTS = [
  'draft',
  /** In planning: no go decision stands. */
  'planned',
  /** The go decision stands, the rollout has not begun. */
  'approved',
  /** Its go-live has come, tminus has no driver for it, and nobody recorded anything: nobody knows what customers have. */
  'unrecorded',
  /**
   * Begun, and not known to have all traffic. When the share is not known it may have all of it, or a
   * rollback may be under way: what is said here must be true then too.
   */
  'rolling-out',
  /** All traffic is on the new version. */
  'live',
  'rolled-back',
  'cancelled',
] as const;

export type ReleaseContext = (typeof RELEASE_CONTEXTS)[number];

/**
 * The context from the release's state and the share of traffic (percent, 0 to 100) last read from
 * the target or recorded; null when it is not known, which is never taken for 100.
 */
export function releaseContextOf(facts: {
  state: ReleaseState;
  trafficPercent: number | null;
  /** See `mayBeDeployedUnseen`. */
  isUnseen?: boolean;
}): ReleaseContext {
  switch (facts.state) {
    case 'draft':
      return 'draft';
    case 'in_planning':
      return facts.isUnseen ? 'unrecorded' : 'planned';
    case 'approved':
      return facts.isUnseen ? 'unrecorded' : 'approved';
    case 'in_progress':
    case 'completed':
      return facts.trafficPercent === 100 ? 'live' : 'rolling-out';
    case 'rolled_back':
      return 'rolled-back';
    case 'cancelled':
      return 'cancelled';
  }
}

/**
 * Whether it may have been deployed without tminus knowing: from go-live on, where no driver is configured that
 * could read it. Instants are epoch ms.
 */
export function mayBeDeployedUnseen(facts: { hasDriver: boolean; goLiveAt: number; now: number }): boolean {
  return !facts.hasDriver && facts.now >= facts.goLiveAt;
}
