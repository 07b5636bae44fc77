import { ROLE_NAMES, type RoleName } from '../plan/roles.ts';

/** What a person may ask for in a release. */
export interface CapabilityDefinition {
  /** The roles that hold it. */
  roles: readonly RoleName[];
  /** The roles that hold it, too, while nobody of `roles` can be reached. */
  inAbsence?: readonly RoleName[];
  /** Continues "You can't", followed by the release's key. */
  words: string;
}

/**
 * What the people of a release may ask for. `poll.vote` is for those of its roles that a poll asks, `draft.…` for whoever
 * decides on that draft, `task.change` for whoever the task falls to,
 * `release.hand-over` for whoever holds a role, of their own.
 */
export const releaseCapabilities = {
  'poll.open': { roles: ['release_manager'], words: 'open a go/no-go for' },
  'poll.remind': { roles: ['release_manager'], words: 'remind the voters of' },
  'poll.close': { roles: ['release_manager'], words: 'close the go/no-go of' },
  'poll.override': { roles: ['release_manager', 'business_sponsor'], words: 'override the decision on' },
  'release.sign-off': { roles: ['release_manager', 'business_sponsor'], words: 'sign off' },
  'poll.vote': { roles: ROLE_NAMES, words: 'vote on' },
  'draft.edit': { roles: ROLE_NAMES, words: 'edit customer messages of' },
  'draft.approve': { roles: ROLE_NAMES, words: 'approve customer messages of' },
  'draft.hold': { roles: ROLE_NAMES, words: 'hold customer messages of' },
  'task.change': { roles: ROLE_NAMES, words: 'change this task of' },
  'evidence.add': { roles: ROLE_NAMES, words: 'add to the record of' },
  'change.request': { roles: ROLE_NAMES, words: 'ask for a late change of' },
  'change.decide': {
    roles: ['release_manager', 'business_sponsor'],
    words: 'decide on a late change of',
  },
  'notes.edit': {
    roles: ['release_manager', 'product_owner', 'engineering_lead'],
    words: 'write the release notes of',
  },
  'notes.approve': {
    roles: ['release_manager', 'product_owner', 'business_sponsor'],
    words: 'approve the release notes of',
  },
  'notes.publish': {
    roles: ['release_manager', 'product_owner'],
    words: 'publish the release notes of',
  },
  'checklist.post': {
    roles: ['release_manager', 'qa_lead', 'devops_lead', 'engineering_lead', 'product_owner'],
    words: 'post the checklists of',
  },
  'gate.report': {
    roles: ['release_manager', 'engineering_lead', 'qa_lead', 'devops_lead', 'security_lead'],
    words: 'give results for the gates of',
  },
  'gate.waive': { roles: ['release_manager', 'business_sponsor'], words: 'waive gates of' },
  'rollout.promote': { roles: ['release_manager', 'devops_lead'], words: 'promote' },
  'rollout.approve': {
    roles: ['release_manager', 'devops_lead', 'engineering_lead'],
    words: 'approve promotions of',
  },
  'rollout.rollback': { roles: ['release_manager', 'devops_lead', 'engineering_lead'], words: 'roll back' },
  'rollout.abort': {
    roles: ['release_manager', 'devops_lead', 'engineering_lead'],
    words: 'abort the rollout of',
  },
  'rollout.pause': {
    roles: ['release_manager', 'devops_lead', 'engineering_lead'],
    words: 'pause or resume the rollout of',
  },
  'rollout.retry': {
    roles: ['release_manager', 'devops_lead', 'engineering_lead'],
    words: 'try again what failed of',
  },
  'rollout.disarm': {
    roles: ['release_manager', 'devops_lead'],
    words: 'switch the automatic rollback off or on for',
  },
  'product.lock': {
    roles: ['release_manager', 'devops_lead', 'engineering_lead', 'business_sponsor'],
    words: 'lock or unlock the product of',
  },
  'rollout.record': {
    roles: ['release_manager', 'devops_lead', 'engineering_lead'],
    words: 'record deployments of',
  },
  'delivery.settle': {
    roles: ['release_manager'],
    inAbsence: ['business_sponsor'],
    words: 'settle messages of',
  },
  'communication.settle': {
    roles: ['release_manager'],
    inAbsence: ['business_sponsor'],
    words: 'settle overdue messages of',
  },
  'freeze.now': {
    roles: ['release_manager', 'devops_lead', 'engineering_lead', 'business_sponsor'],
    words: 'freeze',
  },
  'freeze.break': { roles: ['business_sponsor', 'engineering_lead'], words: 'break a freeze for' },
  'trail.read': { roles: ROLE_NAMES, words: 'read the audit trail of' },
  'release.hand-over': { roles: ROLE_NAMES, words: 'hand over your roles in' },
  'release.reassign': { roles: ['release_manager', 'business_sponsor'], words: 'reassign roles of' },
  'release.cancel': { roles: ['release_manager', 'business_sponsor'], words: 'cancel' },
  'release.pause': { roles: ['release_manager', 'business_sponsor'], words: 'pause or resume' },
  'release.reschedule': { roles: ['release_manager', 'business_sponsor'], words: 'move the go-live of' },
  'release.edit': { roles: ['release_manager', 'business_sponsor'], words: 'change the plan of' },
} as const satisfies Record<string, CapabilityDefinition>;
export type ReleaseCapability = keyof typeof releaseCapabilities;
