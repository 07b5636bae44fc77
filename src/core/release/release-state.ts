/**
 * A release's life, after the status line of the release plan: draft, in planning, approved, in
 * progress, completed; rolled back and cancelled are the other ends.
 */
export const releaseStates = [
  'draft',
  'in_planning',
  'approved',
  'in_progress',
  'completed',
  'rolled_back',
  'cancelled',
] as const;
export type ReleaseState = (typeof releaseStates)[number];

/** States of a release that is planned and has not ended. */
export const underWayStates = [
  'in_planning',
  'approved',
  'in_progress',
] as const satisfies readonly ReleaseState[];

/** Whether a release is planned and has not ended. */
export function isUnderWay(state: ReleaseState): boolean {
  return (underWayStates as readonly ReleaseState[]).includes(state);
}

/** States in which the people of a release may be asked for something: what is live can be rolled back. */
export const staffedStates = [...underWayStates, 'completed'] as const satisfies readonly ReleaseState[];

/** States of a release that has ended, one way or another. */
export const endedStates = [
  'completed',
  'rolled_back',
  'cancelled',
] as const satisfies readonly ReleaseState[];

/** What moves a release, and from where to where. The only table of transitions there is. */
export const releaseTransitions = {
  plan: { from: ['draft'], to: 'in_planning' },
  approve: { from: ['in_planning'], to: 'approved' },
  /** A later decision that is not a go takes the approval back. */
  withdrawApproval: { from: ['approved'], to: 'in_planning' },
  start: { from: ['approved'], to: 'in_progress' },
  /** Recorded by a person: it was deployed elsewhere although no go decision stood. tminus itself never does that. */
  startWithoutGo: { from: ['in_planning'], to: 'in_progress' },
  complete: { from: ['in_progress'], to: 'completed' },
  rollBack: { from: ['in_progress', 'completed'], to: 'rolled_back' },
  /** Before anything was rolled out; afterwards it is rolled back. */
  cancel: { from: ['in_planning', 'approved'], to: 'cancelled' },
} as const satisfies Record<string, { from: readonly ReleaseState[]; to: ReleaseState }>;
export type ReleaseTransition = keyof typeof releaseTransitions;

/** The state after a transition, or null when the present state does not allow it. */
export function nextReleaseState(state: ReleaseState, transition: ReleaseTransition): ReleaseState | null {
  const { from, to } = releaseTransitions[transition];
  return (from as readonly ReleaseState[]).includes(state) ? to : null;
}

/** Whether what is to come can be held: the release is planned and has not ended. */
export function mayPause(state: ReleaseState): boolean {
  return (underWayStates as readonly ReleaseState[]).includes(state);
}

/** Whether somebody else can take over a role: there is something left to do in it. */
export function mayReassign(state: ReleaseState): boolean {
  return (staffedStates as readonly ReleaseState[]).includes(state);
}

/** Whether its plan can be changed: nothing was rolled out yet. */
export function mayEdit(state: ReleaseState): boolean {
  return state === 'in_planning' || state === 'approved';
}

/** Whether its channels can be changed: a card that has lost its place must find another, during the rollout above all. */
export function mayEditChannels(state: ReleaseState): boolean {
  return mayEdit(state) || state === 'in_progress';
}

/** How a state is called in messages. */
export const releaseStateTitles: Record<ReleaseState, string> = {
  draft: 'draft',
  in_planning: 'in planning',
  approved: 'approved',
  in_progress: 'in progress',
  completed: 'completed',
  rolled_back: 'rolled back',
  cancelled: 'cancelled',
};
