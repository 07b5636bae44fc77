import * as z from 'zod';
import { authSettings, plainAddress, tlsSettings } from '../../lib/http/connection-settings.ts';

const seriesName = z.string().regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/, 'is not the name of a metric');
const labelName = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'is not the name of a label');
const query = z.string().min(1).max(5_000);

/** A Prometheus server, or whatever speaks its HTTP API, such as Thanos, Mimir or VictoriaMetrics. */
export const PrometheusSettings = z.strictObject({
  url: plainAddress.describe('Base address of the server, without /api/v1.'),
  auth: authSettings
    .optional()
    .describe('A bearer token, or a user name and password, from variables of the environment.'),
  tls: tlsSettings.optional().describe('Files for https, read at the start.'),
  timeoutMs: z.int().min(100).max(30_000).default(3_000).describe('Longest wait for an answer.'),
  histogram: seriesName
    .default('http_request_duration_seconds')
    .describe('The histogram of durations, in seconds.'),
  versionLabel: labelName.default('version').describe('The label with the version that answered.'),
  codeLabel: labelName.default('code').describe('The label with how the request ended.'),
  errorCodes: z
    .string()
    .min(1)
    .max(200)
    .default('5..')
    .describe('A regular expression for the codes of requests that failed.'),
  matchers: z
    .record(labelName, z.string().max(500))
    .default({})
    .describe('What other labels have to be for a series to be of this service.'),
  maxAgeMs: z.int().min(1_000).max(600_000).default(60_000).describe('How old the last sample may be.'),
  queries: z
    .strictObject({ 'error-rate': query.optional(), 'latency-p95': query.optional() })
    .default({})
    .describe('PromQL of your own for a metric, with $version, $window and $matchers.'),
});
export type PrometheusSettings = z.output<typeof PrometheusSettings>;
