import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import type { Destination } from '../../../core/address/destination.ts';
import { describeError } from '../../../lib/describe-error.ts';
import { isNotConnected } from '../../../lib/http/not-connected.ts';
import type { SendOutcome, UpdateOutcome } from '../../../services/ports/message-channel.ts';
import type { SlackLog } from './log.ts';
import { explainRefusal } from './refusals.ts';

/** An attempt that did not end in a message. */
export type FailedOutcome = Exclude<SendOutcome, { result: 'sent' }>;

/** Slack gives at least a second; used where it does not say how long. */
export const defaultRetryAfterSeconds = 5;

/** Answers after which the message may exist all the same; Slack says so of the first two. */
const ambiguousCodes = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);
const rateLimitCodes = new Set(['ratelimited', 'rate_limited']);
/** The workspace is being moved, or closed to the app for the moment. */
const temporaryCodes = new Set(['team_added_to_org', 'org_login_required', 'accesslimited']);
/** Slack refuses the app or its token, whatever is asked for. Each message can be posted once that is mended. */
const appCodes = new Set([
  ...['invalid_auth', 'not_authed', 'account_inactive', 'token_revoked', 'token_expired'],
  ...['missing_scope', 'not_allowed_token_type', 'team_access_not_granted', 'two_factor_setup_required'],
]);

/** The person was deactivated or is not in the workspace any more. */
const goneCodes = new Set(['user_disabled', 'user_not_found', 'user_deactivated']);

/** Whether Slack means the app or its token, rather than what was asked for. */
export function isTokenCode(code: string): boolean {
  return appCodes.has(code);
}

/** Nobody posts there, or tminus doesn't, until somebody mends it. */
const closedCodes = new Set([
  ...['is_archived', 'is_inactive', 'channel_not_found', 'not_in_channel', 'no_permission'],
  ...['restricted_action', 'restricted_action_read_only_channel', 'restricted_action_thread_only_channel'],
  ...['ekm_access_denied'],
]);
/** Slack refuses what a message is to show. Of an edit, any other refusal is taken to be of the message itself. */
const contentCodes = new Set([
  ...['msg_too_long', 'msg_blocks_too_long', 'http_413', 'no_text', 'invalid_arguments', 'invalid_form_data'],
  ...['invalid_blocks', 'invalid_blocks_format', 'invalid_attachments', 'too_many_attachments'],
  ...['metadata_too_large', 'invalid_metadata_format', 'invalid_metadata_schema'],
]);

/** The same, when it concerns a place that people can open again: a channel, not somebody's direct messages. */
export function outcomeInPlace(outcome: FailedOutcome, { kind }: Destination): FailedOutcome {
  const isClosed = outcome.result === 'refused' && kind === 'channel' && closedCodes.has(outcome.code);
  return isClosed ? { ...outcome, result: 'closed' } : outcome;
}

/** The same, for an edit: whether the message itself is what can't be edited. */
export function outcomeOfEdit(outcome: FailedOutcome): Exclude<UpdateOutcome, { result: 'sent' }> {
  if (outcome.result !== 'refused') return outcome;
  if (outcome.code === 'message_not_found') return { ...outcome, result: 'gone' };
  return contentCodes.has(outcome.code) ? outcome : { ...outcome, result: 'not-editable' };
}

/** What a failed call of the Web API means for the message that it should have sent. */
export function outcomeOfError(error: unknown): FailedOutcome {
  if (error instanceof WebAPIRateLimitedError) return rateLimited(error.retryAfter);
  if (error instanceof WebAPIPlatformError) return outcomeOfPlatformError(error);
  if (error instanceof WebAPIHTTPError) return outcomeOfStatus(error.statusCode);
  if (error instanceof WebAPIRequestError) return outcomeOfRequestError(error);
  // The SDK has no class for a 429 without a usable Retry-After.
  if (error instanceof Error && error.message.startsWith('Retry header did not contain'))
    return rateLimited(undefined);
  return { result: 'unknown', detail: describeError(error) };
}

/** The same, and an error in the log when Slack refuses the app itself: nobody can be told of that in Slack. */
export function reportedOutcome(error: unknown, log: SlackLog): FailedOutcome {
  const refusal = appRefusal(error);
  if (refusal)
    log.error(`Slack refuses the app itself until this is fixed: ${refusal.code}: ${refusal.detail}`);
  return outcomeOfError(error);
}

/** Why Slack refuses the app itself, with what to do; null when the error is about anything else. */
export function appRefusal(error: unknown): { code: string; detail: string } | null {
  if (!(error instanceof WebAPIPlatformError)) return null;
  const code = String(error.data.error);
  return appCodes.has(code) ? { code, detail: explainRefusal(code, neededScope(error)) } : null;
}

/** The scope that Slack names as lacking; undefined when it names none. */
export function neededScope(error: WebAPIPlatformError): string | undefined {
  const { needed } = error.data as { needed?: unknown };
  return typeof needed === 'string' && needed !== '' ? needed : undefined;
}

function rateLimited(retryAfterSeconds = defaultRetryAfterSeconds): FailedOutcome {
  return { result: 'rate-limited', retryAfterMs: Math.max(1, retryAfterSeconds) * 1000 };
}

function outcomeOfPlatformError(error: WebAPIPlatformError): FailedOutcome {
  const { error: code } = error.data;
  // The SDK puts a body that is no JSON here, such as a proxy's error page.
  if (typeof code !== 'string' || !/^[a-z][a-z0-9_]{2,60}$/.test(code))
    return { result: 'unknown', detail: 'Slack gave no readable answer.' };
  if (rateLimitCodes.has(code)) return rateLimited(error.data.response_metadata?.retryAfter);
  if (ambiguousCodes.has(code)) return { result: 'unknown', detail: `Slack answered "${code}".` };
  if (temporaryCodes.has(code)) return { result: 'not-sent', detail: `Slack answered "${code}".` };
  if (appCodes.has(code))
    return { result: 'not-sent', detail: `${code}: ${explainRefusal(code, neededScope(error))}` };
  const recipientIsGone = goneCodes.has(code);
  return {
    result: 'refused',
    code,
    detail: explainRefusal(code),
    ...(recipientIsGone && { recipientIsGone }),
  };
}

function outcomeOfStatus(status: number): FailedOutcome {
  const detail = `Slack answered with HTTP ${status}.`;
  if (status === 413) return { result: 'refused', code: 'http_413', detail: explainRefusal('msg_too_long') };
  const rejectedUnread = status >= 400 && status < 500 && status !== 408 && status !== 499;
  return { result: rejectedUnread ? 'not-sent' : 'unknown', detail };
}

function outcomeOfRequestError({ original }: WebAPIRequestError): FailedOutcome {
  if (!isNotConnected(original)) return { result: 'unknown', detail: describeError(original) };
  return { result: 'not-sent', detail: `There was no connection: ${describeError(original)}` };
}
