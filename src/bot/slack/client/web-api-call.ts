import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import * as z from 'zod';
import { type LightResponse, lightFetch } from '../../../outgoing/light-fetch.ts';
import { redactSecrets } from './log.ts';
import { type ClientOptions, postingTimeoutMs } from './web-client.ts';

const remarks = {
  response_metadata: z
    .object({ warnings: z.array(z.string()).optional(), messages: z.array(z.string()).optional() })
    .optional(),
};
const acceptedSchema = z.object({
  ok: z.literal(true),
  channel: z.string().optional(),
  ts: z.string().optional(),
  view: z.object({ id: z.string().optional() }).optional(),
  ...remarks,
});
const refusedSchema = z.object({ ok: z.literal(false), error: z.string(), ...remarks });
const answerSchema = z.discriminatedUnion('ok', [acceptedSchema, refusedSchema]);

/** What Slack answers to a call that it took: of each method's fields, those that are used. */
export type WebApiAnswer = z.infer<typeof acceptedSchema>;

/** Calls a method of the Web API with its arguments, as they are in JSON. */
export type WebApiCall = (method: string, args: object) => Promise<WebApiAnswer>;

const slackApiUrl = 'https://slack.com/api/';
/** Where Slack does not say how long to wait, seconds. */
const usualRetryAfter = 5;

/**
 * Calls methods that take JSON, once, and throws the errors of Slack's SDK. The SDK's own client would send a form,
 * in which a message is half as long again, and look through message and answer for its log
 * (docs/adr/0018-slack-over-plain-http.md).
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
  return async (method, args) => {
    const response = await send(`${base}${method}`, { headers, body: JSON.stringify(args), timeoutMs });
    const retryAfter = readRetryAfter(response);
    if (response.status === 429) throw new WebAPIRateLimitedError(retryAfter ?? usualRetryAfter);
    if (response.status !== 200) throw new WebAPIHTTPError(response.status, response.statusText, {});
    const answer = readAnswer(await response.text());
    const { warnings = [], messages = [] } = answer.response_metadata ?? {};
    for (const remark of [...warnings, ...messages]) log.warn(redactSecrets(`${method}: ${remark}`));
    if (answer.ok) return answer;
    throw new WebAPIPlatformError({
      ...answer,
      response_metadata: retryAfter === undefined ? {} : { retryAfter },
    });
  };
}

async function send(
  url: string,
  { headers, body, timeoutMs }: { headers: Record<string, string>; body: string; timeoutMs: number },
): Promise<LightResponse> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    return await lightFetch(url, { method: 'POST', headers, body, signal });
  } catch (error) {
    throw new WebAPIRequestError(error instanceof Error ? error : new Error(String(error)));
  }
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
