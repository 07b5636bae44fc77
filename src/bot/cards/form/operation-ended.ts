import type { Card } from '../../../core/card/card.ts';
import type { FollowedWork } from '../../../core/card/form.ts';
import { type EndedOperation, operationMessage } from '../../../core/messages/operation-message.ts';
import { loadRollout } from '../../../db/queries/rollouts.ts';
import type { OpenForm } from './open-form.ts';

export const followedOperation = 'followed-operation';

/** What a window follows after it has asked for a promotion or a rollback. */
export function followOperation(releaseKey: string, operationId: string): FollowedWork {
  return { name: followedOperation, metadata: { releaseKey, operationId } };
}

type Ended = EndedOperation['state'] | 'cancelled';

const unconfirmed = { not_taken: 'Not confirmed', cancelled: 'Cancelled' };

const titles: Record<EndedOperation['kind'], Record<Ended, string>> = {
  promote: { succeeded: 'Promoted', failed: 'Promotion failed', ...unconfirmed },
  rollback: { succeeded: 'Rolled back', failed: 'Rollback failed', ...unconfirmed },
  pause: { succeeded: 'Paused', failed: 'Pause failed', ...unconfirmed },
  resume: { succeeded: 'Resumed', failed: 'Resume failed', ...unconfirmed },
  abort: { succeeded: 'Aborted', failed: 'Abort failed', ...unconfirmed },
};

/** How the operation ended that a window follows, with a title; null while it has not. */
export async function operationEnded({ db, release, metadata }: OpenForm): Promise<Card | null> {
  const { operations } = await loadRollout(db, release.id);
  const operation = operations.find(({ id }) => id === metadata.operationId);
  if (!operation || !isEnded(operation.state)) return null;
  const header = { type: 'header' as const, text: titles[operation.kind][operation.state] };
  if (operation.state === 'cancelled') return { summary: header.text, blocks: [header] };
  const { finishedWall, requestedWall, state } = operation;
  const tookMs = finishedWall === null ? null : finishedWall - requestedWall;
  const { summary, blocks } = operationMessage(release.key, { ...operation, state, tookMs });
  return { summary, blocks: [header, ...blocks] };
}

function isEnded(state: string): state is Ended {
  return Object.hasOwn(titles.promote, state);
}
