import type { Audience } from '../../core/plan/audiences.ts';
import type { Release } from '../../db/queries/load-release.ts';

/** The id of the channel that a release's plan gives an audience. */
export function channelFor(release: Release, audience: Audience): string {
  return channelNamed(release, release.plan.channels[audience]);
}

/** The id of a channel that a release's plan names, `#name`. */
export function channelNamed(release: Release, name: string): string {
  const channel = release.channels.find((entry) => entry.name === name);
  if (!channel) throw new Error(`release ${release.key} has no channel ${name}`);
  return channel.channelId;
}
