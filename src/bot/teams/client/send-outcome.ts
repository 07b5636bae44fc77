import type { Destination } from '../../../core/address/destination.ts';
import { describeError } from '../../../lib/describe-error.ts';
import { errorChain } from '../../../lib/error-chain.ts';
import { errorMessage } from '../../../lib/error-message.ts';
import { isNotConnected } from '../../../lib/http/not-connected.ts';
import type { SendOutcome, UpdateOutcome } from '../../../services/ports/message-channel.ts';
import { explainRefusal } from './refusals.ts';

/** An attempt that did not end in a message. */
export type FailedOutcome = Exclude<SendOutcome, { result: 'sent' }>;

/** Where Teams does not say for how long, in milliseconds. */
const defaultRetryAfterMs = 5_000;

/** The person has taken the app away, or has no account any more. */
const goneCodes = new Set(['MessageWritesBlocked', 'not_installed']);
/** Of a chat with one person, the same. */
const goneInChat = new Set([
  'ConversationNotFound',
  'BotNotInConversationRoster',
  'ConversationBlockedByUser',
]);
const messageGoneCodes = new Set(['ActivityNotFoundInConversation', 'ActivityNotFound', 'MessageNotFound']);
const contentCodes = new Set(['MessageSizeTooBig', 'BadSyntax', 'BadArgument', 'http_413', 'http_400']);

/** What the connector answered, as far as it is an answer. */
interface ConnectorAnswer {
  status: number;
  code: string;
  retryAfterMs: number | null;
}

/** What a failed call of the connector means for the message that it should have sent. */
export function outcomeOfError(error: unknown, { kind }: Pick<Destination, 'kind'>): FailedOutcome {
  const answer = answerOf(error);
  if (answer !== null) return outcomeOfAnswer(answer, kind);
  const detail = describeError(error);
  return errorChain(error).some(isNotConnected)
    ? { result: 'not-sent', detail: `There was no connection: ${detail}` }
    : { result: 'unknown', detail: `Teams gave no answer. ${errorMessage(error)}` };
}

/** The same, for an edit: whether the message itself is what can't be edited. */
export function outcomeOfEdit(outcome: FailedOutcome): Exclude<UpdateOutcome, { result: 'sent' }> {
  if (outcome.result !== 'refused') return outcome;
  if (messageGoneCodes.has(outcome.code)) return { ...outcome, result: 'gone' };
  return contentCodes.has(outcome.code) ? outcome : { ...outcome, result: 'not-editable' };
}

/** Refused by tminus itself, before Teams was asked. */
export function refused(code: string, { kind }: Pick<Destination, 'kind'>): FailedOutcome {
  return refusal(code, kind);
}

/** The HTTP status of a failed call; null when there was no answer. */
export function statusOf(error: unknown): number | null {
  return answerOf(error)?.status ?? null;
}

function outcomeOfAnswer(
  { status, code, retryAfterMs }: ConnectorAnswer,
  kind: Destination['kind'],
): FailedOutcome {
  const detail = `Teams answered with HTTP ${status} ${code}.`;
  if (status === 429) return { result: 'rate-limited', retryAfterMs: retryAfterMs ?? defaultRetryAfterMs };
  // Two messages at once to one conversation: Teams took neither that it answers so.
  if (status === 412) return { result: 'not-sent', detail };
  if (status === 401) return { result: 'not-sent', detail: `Teams refuses the app's credential: ${detail}` };
  if (status >= 500 || status === 408) return { result: 'unknown', detail };
  return refusal(code, kind);
}

function refusal(code: string, kind: Destination['kind']): FailedOutcome {
  const detail = explainRefusal(code);
  if (kind === 'channel' && !contentCodes.has(code) && !messageGoneCodes.has(code))
    return { result: 'closed', code, detail };
  const recipientIsGone = goneCodes.has(code) || (kind !== 'channel' && goneInChat.has(code));
  return { result: 'refused', code, detail, ...(recipientIsGone ? { recipientIsGone } : {}) };
}

/** The SDK's error class is not among its exports. */
function answerOf(error: unknown): ConnectorAnswer | null {
  const { statusCode, response } = (error ?? {}) as {
    statusCode?: unknown;
    response?: { bodyAsText?: unknown; headers?: { get(name: string): string | undefined } };
  };
  if (typeof statusCode !== 'number' || response === undefined) return null;
  return {
    status: statusCode,
    code: codeIn(response.bodyAsText) ?? `http_${statusCode}`,
    retryAfterMs: millisecondsOf(response.headers?.get('retry-after')),
  };
}

function codeIn(body: unknown): string | null {
  try {
    const { error } = JSON.parse(String(body)) as { error?: { code?: unknown } };
    const code = error?.code;
    return typeof code === 'string' && /^[\w-]{2,80}$/.test(code) ? code : null;
  } catch {
    return null;
  }
}

function millisecondsOf(retryAfter: string | undefined): number | null {
  const seconds = Number(retryAfter);
  return retryAfter === undefined || !Number.isFinite(seconds) ? null : Math.max(1, seconds) * 1_000;
}
