import * as z from 'zod';
import { requestOutcomes } from '../../core/metrics/request-outcome.ts';
import { authSettings, plainAddress, tlsSettings } from '../../lib/http/connection-settings.ts';

const seriesName = z.string().regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/, 'is not the name of a metric');
const labelName = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'is not the name of a label');

/** A page of metrics in the Prometheus text format, such as a service's own `/metrics`. */
export const PrometheusTextSettings = z.strictObject({
  url: plainAddress.describe('Address of the page.'),
  auth: authSettings
    .optional()
    .describe('A bearer token, or a user name and password, from variables of the environment.'),
  tls: tlsSettings.optional().describe('Files for https, read at the start.'),
  scrapeIntervalMs: z.int().min(500).max(15_000).default(1_000).describe('How often the page is read.'),
  timeoutMs: z.int().min(100).max(30_000).default(2_000).describe('Longest wait for the whole page.'),
  readTimeoutMs: z
    .int()
    .min(100)
    .max(30_000)
    .default(2_000)
    .describe('Longest time for making sense of the page.'),
  maxPageBytes: z
    .int()
    .min(1_024)
    .max(64 * 1024 * 1024)
    .default(4 * 1024 * 1024)
    .describe('Largest page, unpacked.'),
  maxSeries: z.int().min(1).max(100_000).default(5_000).describe('Most series of the histogram.'),
  maxVersions: z.int().min(1).max(1_000).default(50).describe('Most versions on the page within 16 minutes.'),
  maxCodes: z.int().min(1).max(1_000).default(100).describe('Most codes of a version.'),
  maxBuckets: z.int().min(1).max(1_000).default(100).describe('Most bounds of buckets of a version.'),
  jumpTimes: z
    .int()
    .min(2)
    .max(1_000)
    .default(20)
    .describe(
      'An increase proves nothing that is more than so many times as fast as the second fastest before.',
    ),
  jumpRequests: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(250)
    .describe('An increase of at most so many requests from one reading to the next is not too fast.'),
  histogram: seriesName
    .default('http_request_duration_seconds')
    .describe('The histogram of durations, in seconds.'),
  versionLabel: labelName.default('version').describe('The label with the version that answered.'),
  codeLabel: labelName.default('code').describe('The label with how the request ended.'),
  codes: z
    .record(z.string(), z.enum(requestOutcomes))
    .default({})
    .describe(
      'How a request ended, by code (404), class (4xx) or word (UNAVAILABLE); these go before the defaults.',
    ),
  otherCodes: z
    .enum(['unknown', 'error'])
    .default('unknown')
    .describe('What a code is that is not known, or that is missing.'),
});
export type PrometheusTextSettings = z.output<typeof PrometheusTextSettings>;
