import type { AdapterContext } from '../../lib/create-adapter-registry.ts';
import { createFetch } from '../../lib/http/create-fetch.ts';
import { failedRequest } from '../../lib/http/failed-request.ts';
import { waitByRetryAfter } from '../../lib/http/retry-after.ts';
import type { SendOutcome } from '../../services/ports/message-channel.ts';
import { type Incident, incidentList, oneIncident } from './incident.ts';
import type { StatuspageSettings } from './schema.ts';

/** A hundred incidents with all their updates. Bytes. */
const maxAnswerBytes = 16_000_000;
/** As many as Statuspage gives at a time, and so many times. */
const pageSize = 100;
const maxPages = 30;
/** Its limit is sixty requests in a minute. Milliseconds. */
const waitMs = 60_000;

type Failure = Exclude<SendOutcome, { result: 'sent' }>;
export type Answer<Value> = { ok: true; value: Value } | { ok: false; failure: Failure };

export interface StatuspageApi {
  /** The first incident of the page of which `is` holds; null when there is none. Reads only. */
  find(is: (incident: Incident) => boolean): Promise<Answer<Incident | null>>;
  /** Makes an incident, or changes the one that is given. */
  write(id: string | null, incident: Record<string, unknown>): Promise<Answer<Incident>>;
}

/** Atlassian's Statuspage API, as far as it is needed. Nothing is repeated. */
export function createApi(
  { apiKey, pageId, url, timeoutMs }: StatuspageSettings,
  { clock }: AdapterContext,
): StatuspageApi {
  const fetch = createFetch({ maxBytes: maxAnswerBytes, timeoutMs });
  const incidents = `${url}/pages/${pageId}/incidents`;
  const call = async <Value>(
    request: { method: string; url: string; body?: object },
    read: (json: unknown) => Value,
  ): Promise<Answer<Value>> => {
    const { method, body } = request;
    const headers = {
      authorization: `OAuth ${apiKey}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    };
    try {
      const response = await fetch(request.url, {
        method,
        headers,
        body: body ? JSON.stringify(body) : null,
      });
      const text = await response.text();
      const { status } = response;
      if (status < 200 || status >= 300) {
        const wait = { now: clock.wall(), otherwiseMs: waitMs };
        const retryAfterMs = waitByRetryAfter(response.headers.get('retry-after'), wait);
        return { ok: false, failure: readFailure(status, { retryAfterMs, text }) };
      }
      return { ok: true, value: read(JSON.parse(text)) };
    } catch (error) {
      return { ok: false, failure: failedRequest(error) };
    }
  };
  return {
    find: async (is) => {
      for (let page = 1; page <= maxPages; page += 1) {
        const request = { method: 'GET', url: `${incidents}?limit=${pageSize}&page=${page}` };
        const answer = await call(request, (json) => incidentList.parse(json));
        if (!answer.ok) return asUnread(answer);
        const found = answer.value.find(is);
        if (found) return { ok: true, value: found };
        if (answer.value.length < pageSize) return { ok: true, value: null };
      }
      const detail = `The page has more than ${pageSize * maxPages} incidents; remove old ones.`;
      return { ok: false, failure: { result: 'closed', code: 'too-many', detail } };
    },
    write: (id, incident) =>
      call(
        id === null
          ? { method: 'POST', url: incidents, body: { incident } }
          : { method: 'PATCH', url: `${incidents}/${id}`, body: { incident } },
        (json) => oneIncident.parse(json),
      ),
  };
}

/** Whatever becomes of a question, nothing was written by it. */
function asUnread(answer: { ok: false; failure: Failure }): { ok: false; failure: Failure } {
  const { failure } = answer;
  return failure.result === 'unknown' ? { ok: false, failure: { ...failure, result: 'not-sent' } } : answer;
}

function readFailure(
  status: number,
  { retryAfterMs, text }: { retryAfterMs: number; text: string },
): Failure {
  const code = `http-${status}`;
  // 420 is its older word for 429.
  if (status === 420 || status === 429) return { result: 'rate-limited', retryAfterMs };
  if (status >= 500 || status === 408) {
    return { result: 'unknown', detail: `Statuspage answered with HTTP ${status}.` };
  }
  if ([401, 403, 404].includes(status) || status < 400) {
    const detail = `Statuspage takes nothing from us (HTTP ${status}). See whether apiKey and pageId are right.`;
    return { result: 'closed', code, detail };
  }
  return { result: 'refused', code, detail: `Statuspage refused it (HTTP ${status}): ${text.slice(0, 300)}` };
}
