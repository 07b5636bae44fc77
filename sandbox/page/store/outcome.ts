/** What comes of an action, in words for the person who acted. */
import type { ActionResult } from '../../control-api.ts';
import { ApiError } from '../api.ts';
import type { Platform } from '../platform.ts';

/** What to say beside an action; undefined when all went well. */
export type Outcome = string | undefined;

/** An action on a page that knows that it is cut off. It is not even tried: what the page shows is of before. */
export const NOT_SENT = 'Not sent: there is no connection. Try again when it is back.';

/** The workspace went away in mid-action: nobody can tell on which side of it. */
const UNCLEAR =
  'The connection was lost before the answer came. Check whether it went through before you try again.';

const TROUBLE: Record<ActionResult['status'], Outcome> = {
  acknowledged: undefined,
  'timed-out': 'The app did not answer within 3 seconds. Try again in a moment.',
  'not-delivered': 'The app is not connected right now. Try again in a moment.',
};

const TOO_LATE_IN_TEAMS = 'The app did not answer in time. Try again in a moment.';

/** What to say about the app's acknowledgement. */
export function wordsForStatus(status: ActionResult['status'], platform: Platform): Outcome {
  return status === 'timed-out' && platform === 'teams' ? TOO_LATE_IN_TEAMS : TROUBLE[status];
}

/** What to say about an error: the control API's own words, or that something unexpected happened. */
export function wordsFor(error: unknown): string {
  if (isNoAnswer(error)) return UNCLEAR;
  return error instanceof ApiError ? error.message : `The page failed: ${String(error)}`;
}

/** Whether the workspace gave no answer at all. */
export function isNoAnswer(error: unknown): boolean {
  return error instanceof ApiError && error.status === 0;
}

/** Whether what was acted on is not there any more, or not on top: another tab was faster. */
export function isOvertaken(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 409);
}
