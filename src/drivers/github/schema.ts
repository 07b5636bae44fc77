import * as z from 'zod';
import { isHttpsOrLocal } from '../../lib/http/https-or-local.ts';

const name = /^[A-Za-z0-9_.-]{1,100}$/;

/** A workflow of GitHub Actions that deploys. */
export const GithubSettings = z.strictObject({
  /** `owner/name` */
  repository: z
    .string()
    .refine((text) => text.split('/').length === 2 && text.split('/').every((part) => name.test(part)), {
      error: 'must be owner/name',
    }),
  /** The file below `.github/workflows`. */
  workflow: z.string().regex(/^[A-Za-z0-9_.-]+\.ya?ml$/, 'must be the name of a file, such as deploy.yml'),
  /** The branch or tag whose workflow is run. */
  ref: z.string().min(1).max(200).default('main'),
  token: z.string().regex(/^[\x21-\x7e]+$/, 'must be one line of ASCII characters, and not empty'),
  /** The workflow can bring a share of traffic; else it deploys for everyone, or takes it back. */
  shares: z.boolean().default(false),
  apiUrl: z
    .string()
    .refine(isHttpsOrLocal, 'must be an https address without user name and password')
    .default('https://api.github.com'),
  /** Longest time from a run that was asked for to its end, milliseconds. */
  deadlineMs: z.int().min(1_000).max(3_600_000).default(1_800_000),
  /** Longest wait for an answer, milliseconds. */
  timeoutMs: z.int().min(1).max(60_000).default(10_000),
});
export type GithubSettings = z.infer<typeof GithubSettings>;
