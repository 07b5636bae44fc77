import type { Release } from '../../../db/queries/load-release.ts';
import type { Rollout } from '../../../db/queries/rollouts.ts';
import { releaseName } from './release-name.ts';
import { fromShare, type RolloutStatus, share } from './rollout-status.ts';

/** Mark and state of a rollout in two or three words, for the first line of a card and for a list. */
export function rolloutTitle(rollout: Rollout, status: RolloutStatus): { mark: string; words: string } {
  const traffic = share(rollout);
  switch (status.kind) {
    case 'cancelled':
      return { mark: '✖️', words: 'cancelled' };
    case 'not-approved':
      return { mark: '🕐', words: 'not approved yet' };
    case 'approved':
      return { mark: '✅', words: 'approved' };
    case 'decision-open':
      return { mark: '🗳️', words: 'go/no-go open' };
    case 'unrecorded':
      return { mark: '❓', words: 'no deployment recorded' };
    case 'paused':
      return { mark: '⏸', words: rollout.state === 'running' ? `${traffic} · paused` : 'paused' };
    case 'target-taken':
      return { mark: '⏳', words: `waiting for ${status.by}` };
    case 'ready':
      return rollout.state === 'running'
        ? { mark: '🟢', words: `${traffic} · ready for ${status.next.trafficPercent} %` }
        : { mark: '🟢', words: 'ready to start' };
    case 'awaiting': {
      const words = `${status.next.trafficPercent} % waits for a second person`;
      return { mark: '✋', words: rollout.state === 'running' ? `${traffic} · ${words}` : words };
    }
    case 'frozen':
      return { mark: '❄️', words: rollout.state === 'running' ? `${traffic} · frozen` : 'frozen' };
    case 'locked':
      return { mark: '🔒', words: rollout.state === 'running' ? `${traffic} · locked` : 'locked' };
    case 'promoting':
      return { mark: '⏫', words: `going to ${status.operation.toPercent} %` };
    case 'rolling-back':
      return { mark: '⏪', words: `rolling back${fromShare(status.operation)}` };
    case 'aborting':
      return { mark: '⏪', words: `aborting${fromShare(status.operation)}` };
    case 'pausing':
      return { mark: '⏸', words: `pausing on the way to ${status.operation.toPercent} %` };
    case 'held':
      return {
        mark: '⏸',
        words: rollout.state === 'running' ? `${traffic} · rollout paused` : 'rollout paused',
      };
    case 'traffic-unknown':
      return { mark: '⚠️', words: 'share of traffic not known' };
    case 'traffic-strayed':
      return rollout.state === 'rolled_back'
        ? { mark: '⚠️', words: `rolled back, but ${traffic} on it again` }
        : { mark: '⚠️', words: `${traffic} of traffic` };
    case 'recorded':
      return { mark: '📝', words: `${traffic} · recorded` };
    case 'failing':
      return { mark: '🔴', words: `${traffic} · FAILING` };
    case 'health-unknown':
      return { mark: '⚪', words: `${traffic} · health not known` };
    case 'soaking':
      if (status.health === 'good') return { mark: '🟢', words: `${traffic} · healthy` };
      return status.health === 'unknown'
        ? { mark: '⚪', words: `${traffic} · health not known` }
        : { mark: '⏱', words: `${traffic} · soaking` };
    case 'completed':
      return { mark: '🎉', words: 'live for everyone' };
    case 'rolled-back':
      return { mark: '⏪', words: 'rolled back · customers on the previous version' };
  }
}

/** The first line: `🟢 Web shop 2.4.0 · 10 % · healthy`. */
export function rolloutHeader(release: Release, rollout: Rollout, status: RolloutStatus): string {
  const { mark, words } = rolloutTitle(rollout, status);
  return `${mark} ${releaseName(release)} · ${words}`;
}
