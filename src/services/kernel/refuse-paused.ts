import { line } from '../../core/card/line.ts';
import { pausePhrase } from '../../core/messages/pause-message.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { type Refusal, refuse } from './result.ts';

/** Why something can't be done while a release is paused; null when it is not. */
export function refusePaused({ id, key, pause: current, plan }: Release): Refusal | null {
  if (!current) return null;
  const message = line`${key} is ${pausePhrase(current, plan.goLive.zone)}. Resume it first.`;
  return refuse('wrong-state', message, { releaseId: id }).refusal;
}
