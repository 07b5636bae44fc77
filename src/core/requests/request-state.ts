/**
 * The life of a request that takes a second person.
 * - `open`: somebody has asked, and nothing is done.
 * - `approved`: a second person agreed, and in the same transaction it was done. So it is used once.
 * - `refused`: a second person said no.
 * - `withdrawn`: whoever asked took it back.
 * - `lapsed`: nobody agreed in time.
 */
export const requestStates = ['open', 'approved', 'refused', 'withdrawn', 'lapsed'] as const;
export type RequestState = (typeof requestStates)[number];

/** How it may have ended. */
export type ClosedState = Exclude<RequestState, 'open'>;

export const requestDecisions = ['approve', 'refuse', 'withdraw'] as const;
export type RequestDecision = (typeof requestDecisions)[number];

const outcomes = { approve: 'approved', refuse: 'refused', withdraw: 'withdrawn' } as const;

/** Why a decision can't be taken: it was taken before, it is too late, or it is not for this person. */
export type DecisionProblem = 'decided' | 'lapsed' | 'own' | 'not-own';

/**
 * What a decision makes of a request. `isOwn`: it is, or may be, by the person who asked, whichever account they use;
 * `now` is epoch ms. To approve and to refuse is for anybody else, to withdraw for them alone.
 */
export function decideRequest(
  { state, expiresAt }: { state: RequestState; expiresAt: number },
  { decision, isOwn, now }: { decision: RequestDecision; isOwn: boolean; now: number },
): { ok: true; state: (typeof outcomes)[RequestDecision] } | { ok: false; problem: DecisionProblem } {
  if (state === 'lapsed') return { ok: false, problem: 'lapsed' };
  if (state !== 'open') return { ok: false, problem: 'decided' };
  if (now >= expiresAt) return { ok: false, problem: 'lapsed' };
  if (decision === 'withdraw' && !isOwn) return { ok: false, problem: 'not-own' };
  if (decision !== 'withdraw' && isOwn) return { ok: false, problem: 'own' };
  return { ok: true, state: outcomes[decision] };
}
