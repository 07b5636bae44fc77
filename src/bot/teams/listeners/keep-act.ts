import type { LateRequestKind } from '../../../db/schema/late-requests.ts';
import type { KeptRequest } from '../../requests/acknowledge-once-kept.ts';
import { keepRequest } from '../../requests/keep-request.ts';
import { type Asked, requestIdOf, type TeamsContext } from './teams-context.ts';

/** Keeps an act under its person and its activity, should its answer take longer than Teams waits. */
export function keepAct(
  { lateRequests }: TeamsContext,
  { kind, payload }: { kind: LateRequestKind; payload: { asked: Asked } },
): KeptRequest {
  const key = `teams:${payload.asked.userId} ${kind} ${requestIdOf(payload.asked)}`;
  return keepRequest(lateRequests, { key, kind, payload: JSON.stringify(payload) });
}
