import type { LateRequestKind } from '../../../db/schema/late-requests.ts';
import type { KeptRequest } from '../../requests/acknowledge-once-kept.ts';
import { keepRequest } from '../../requests/keep-request.ts';
import type { ListenerContext } from './listener-context.ts';

/** One act as it is kept: without Slack's token, and with what is not needed left out. */
interface ActToKeep {
  kind: LateRequestKind;
  userId: string;
  payload: { trigger_id: string };
}

/** Keeps an act under its person and its trigger, should its answer take longer than Slack waits. */
export function keepAct(
  { lateRequests }: ListenerContext,
  { kind, userId, payload }: ActToKeep,
): KeptRequest {
  const key = `slack:${userId} ${kind} ${payload.trigger_id}`;
  return keepRequest(lateRequests, { key, kind, payload: JSON.stringify(payload) });
}
