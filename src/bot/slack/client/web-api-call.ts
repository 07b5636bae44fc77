import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import * as z from 'zod';
import { type LightResponse, lightFetch } from '../../../outgoing/light-fetch.ts';
import { bridgeLogger } from './log.ts';
import { defaultRetryAfterSeconds } from './send-outcome.ts';
import { type ClientOptions, postingTimeoutMs } from './web-client.ts';

/** What decides nothing, in an unforeseen shape, must not make a clear answer unclear. */
const lenient = <Value extends z.ZodType>(value: Value) => value.optional().catch(undefined);
const lines = lenient(z.array(z.string()));
const remarks = { response_metadata: lenient(z.object({ warnings: lines, messages: lines })) };
const acceptedSchema = z.object({
  ok: z.literal(true),
  channel: lenient(z.string()),
  ts: z.string().optional(),
  view: lenient(z.object({ id: lenient(z.string()) })),
  ...remarks,
});
const refusedSchema = z.object({ ok: z.literal(false), error: z.string(), ...remarks });
const answerSchema = z.discriminatedUnion('ok', [acceptedSchema, refusedSchema]);

/** What Slack answers to a call that it took: of each method's fields, those that are used. */
export type WebApiAnswer = z.infer<typeof acceptedSchema>;

/** Calls a method of the Web API with its arguments, as they are in JSON. */
export type WebApiCall = (method: string, args: object) => Promise<WebApiAnswer>;

const slackApiUrl = 'https://slack.com/api/';

/**
 * Calls methods that take JSON, once, and throws the errors of Slack's SDK. The SDK's own client would send a form,
 * in which a message is half as long again, and look through message and answer for its log
 * (docs/adr/0019-messages-as-json.md).
 */
export function createWebApiCall(
  { token, apiUrl = slackApiUrl, log }: ClientOptions,
  timeoutMs = postingTimeoutMs,
): WebApiCall {
  const base = apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/`;
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'tminus',
  };
  const logger = bridgeLogger(log);
  return async (method, args) => {
    const init = {
      method: 'POST',
      headers,
      body: JSON.stringify(args),
      signal: AbortSignal.timeout(timeoutMs),
    };
    const response = await lightFetch(`${base}${method}`, init).catch((error: unknown) => {
      logger.warn(`${method} failed:`, error);
      throw new WebAPIRequestError(error instanceof Error ? error : new Error(String(error)));
    });
    const retryAfter = readRetryAfter(response);
    if (response.status === 429) throw new WebAPIRateLimitedError(retryAfter ?? defaultRetryAfterSeconds);
    if (response.status !== 200) throw new WebAPIHTTPError(response.status, response.statusText, {});
    const answer = readAnswer(await response.text());
    const { warnings = [], messages = [] } = answer.response_metadata ?? {};
    for (const remark of [...warnings, ...messages])
      logger[remark.startsWith('[ERROR]') ? 'error' : 'warn'](`${method}:`, remark);
    if (answer.ok) return answer;
    throw new WebAPIPlatformError({
      ...answer,
      response_metadata: retryAfter === undefined ? {} : { retryAfter },
    });
  };
}

/** Seconds. */
function readRetryAfter({ headers }: LightResponse): number | undefined {
  const seconds = Number.parseInt(headers.get('retry-after') ?? '', 10);
  return Number.isNaN(seconds) ? undefined : seconds;
}

/** A page of a proxy, say, is no answer of Slack's: nobody knows what became of the call. */
function readAnswer(text: string): z.infer<typeof answerSchema> {
  try {
    return answerSchema.parse(JSON.parse(text));
  } catch {
    throw new WebAPIRequestError(new Error('Slack gave no readable answer.'));
  }
}
