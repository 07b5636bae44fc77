import * as z from 'zod';
import { authorization } from '../../lib/http/connection-settings.ts';
import { createFetch } from '../../lib/http/create-fetch.ts';
import { describeNoAnswer, describeStatus } from '../../lib/http/describe-no-answer.ts';
import { readTlsFiles } from '../../lib/http/read-tls-files.ts';
import { parseJson } from '../../lib/parse-json.ts';
import { shortenText } from '../../lib/shorten-text.ts';
import type { PrometheusSettings } from './schema.ts';

const maxAnswerBytes = 1024 * 1024;

const sample = z.tuple([z.number(), z.string()]);
const Answer = z.object({
  status: z.literal('success'),
  data: z.discriminatedUnion('resultType', [
    z.object({ resultType: z.literal('vector'), result: z.array(z.object({ value: sample })) }),
    z.object({ resultType: z.literal('scalar'), result: sample }),
  ]),
  warnings: z.array(z.string()).default([]),
});
const Refusal = z.object({ status: z.literal('error'), error: z.string() });

/** What a query gives: the values of its series, and what the server says of how they came about. */
export interface QueryResult {
  values: number[];
  warnings: string[];
}

/** Asks a query as of an instant, epoch ms. @throws Error whose message can be shown */
export type AskPrometheus = (query: string, at: number) => Promise<QueryResult>;

/** Makes the function that asks this server, and nobody else: it follows no redirect. @throws Error for TLS files */
export function createAskPrometheus(settings: PrometheusSettings): AskPrometheus {
  const { url, auth, tls, timeoutMs } = settings;
  const fetch = createFetch({ maxBytes: maxAnswerBytes, timeoutMs, ...(tls && { tls: readTlsFiles(tls) }) });
  const address = `${url.replace(/\/+$/, '')}/api/v1/query`;
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    ...(auth && { authorization: authorization(auth) }),
  };
  const post = async (body: URLSearchParams) => {
    try {
      const response = await fetch(address, { method: 'POST', headers, body: body.toString() });
      return { status: response.status, body: parseJson(await response.text()) };
    } catch (error) {
      throw new Error(describeNoAnswer(error, { timeoutMs }));
    }
  };
  return async (query, at) => {
    const time = (at / 1000).toFixed(3);
    const { status, body } = await post(
      new URLSearchParams({ query, time, timeout: `${Math.ceil(timeoutMs / 1000)}s` }),
    );
    const refusal = Refusal.safeParse(body);
    if (refusal.success) throw new Error(`it refuses the query: ${shortenText(refusal.data.error, 200)}`);
    if (status !== 200) throw new Error(describeStatus(status));
    const answer = Answer.safeParse(body);
    if (!answer.success) throw new Error('it answers with something that is not a result of a query');
    return { values: valuesOf(answer.data.data), warnings: answer.data.warnings };
  };
}

function valuesOf(data: z.infer<typeof Answer>['data']): number[] {
  const samples = data.resultType === 'scalar' ? [data.result] : data.result.map(({ value }) => value);
  return samples.map(([, text]) => toNumber(text));
}

/** `NaN`, `+Inf` and `-Inf` are spelled in Prometheus' way. */
function toNumber(text: string): number {
  if (text === '+Inf') return Number.POSITIVE_INFINITY;
  return text === '-Inf' ? Number.NEGATIVE_INFINITY : Number(text);
}
