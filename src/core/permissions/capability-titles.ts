import type { ReleaseCapability } from './capabilities.ts';

/** What somebody can do who has a capability: continues "can". In the order in which they are listed. */
export const capabilityTitles: Readonly<Record<ReleaseCapability, string>> = {
  'poll.open': 'open a go/no-go',
  'poll.remind': 'remind voters',
  'poll.close': 'close a go/no-go',
  'poll.vote': 'vote',
  'rollout.promote': 'promote',
  'rollout.approve': 'approve promotions of others',
  'rollout.rollback': 'roll back',
  'rollout.record': 'record deployments',
  'release.edit': 'change the plan',
  'release.reschedule': 'move go-live',
  'release.pause': 'pause and resume',
  'release.cancel': 'cancel it',
  'release.reassign': 'reassign roles',
  'freeze.now': 'ask for a freeze',
  'freeze.break': 'break a freeze',
  'communication.settle': 'send or skip overdue messages',
  'delivery.settle': 'settle messages that may not have arrived',
  'draft.edit': 'edit customer messages',
  'draft.approve': 'approve customer messages',
  'draft.hold': 'hold customer messages',
  'task.change': 'change tasks',
  'release.hand-over': 'hand over their roles',
};
