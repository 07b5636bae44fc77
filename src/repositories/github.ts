import pMap from 'p-map';
import * as z from 'zod';
import { createFetch, type Fetch } from '../lib/http/create-fetch.ts';
import {
  type MergedPull,
  type RepositoryHost,
  RepositoryUnavailableError,
  type TagRange,
} from '../services/ports/repository-host.ts';

export interface GitHubSettings {
  apiUrl: string;
  token?: string | undefined;
}

/** A release has fewer commits than these, or its notes name only what was merged last. */
const maxCommits = 300;
const pageSize = 100;
/** Requests at one time: GitHub asks for few. */
const concurrency = 4;
const limits = { maxBytes: 8 * 1024 * 1024, timeoutMs: 10_000 };

const comparison = z.looseObject({
  total_commits: z.number().int(),
  commits: z.array(z.looseObject({ sha: z.string().regex(/^[0-9a-f]{40,64}$/) })),
});
const pullsOfCommit = z.array(
  z.looseObject({
    number: z.number().int(),
    title: z.string(),
    merged_at: z.string().nullable(),
    labels: z.array(z.looseObject({ name: z.string() })),
  }),
);

/**
 * GitHub's REST API, version 2022-11-28: compares two tags, and asks for the pull requests of each commit between them,
 * whichever way they were merged. Only reads.
 */
export function createGitHub(settings: GitHubSettings, fetch: Fetch = createFetch(limits)): RepositoryHost {
  const get = <Answer>(path: string, schema: z.ZodType<Answer>) => ask(settings, fetch, { path, schema });
  return {
    mergedBetween: async (range) => {
      const { shas, isWhole } = await commitsOf(get, range);
      const root = `repos/${pathOf(range.repository)}/commits`;
      const found = await pMap(shas, (sha) => get(`${root}/${sha}/pulls?per_page=10`, pullsOfCommit), {
        concurrency,
      });
      const merged = found.flat().filter((pull) => pull.merged_at !== null);
      const byNumber = new Map(merged.map((pull) => [pull.number, toPull(pull)]));
      return { pulls: [...byNumber.values()].sort((one, other) => one.number - other.number), isWhole };
    },
  };
}

type Get = <Answer>(path: string, schema: z.ZodType<Answer>) => Promise<Answer>;

async function commitsOf(
  get: Get,
  { repository, from, to }: TagRange,
): Promise<{ shas: string[]; isWhole: boolean }> {
  const path = `repos/${pathOf(repository)}/compare/${encodeURIComponent(from)}...${encodeURIComponent(to)}`;
  const shas: string[] = [];
  for (let page = 1; ; page += 1) {
    const { commits, total_commits: total } = await get(
      `${path}?per_page=${pageSize}&page=${page}`,
      comparison,
    );
    shas.push(...commits.map(({ sha }) => sha));
    if (shas.length >= total || commits.length === 0) return { shas, isWhole: shas.length >= total };
    if (shas.length >= maxCommits) return { shas, isWhole: false };
  }
}

async function ask<Answer>(
  { apiUrl, token }: GitHubSettings,
  fetch: Fetch,
  { path, schema }: { path: string; schema: z.ZodType<Answer> },
): Promise<Answer> {
  const headers = {
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
    'user-agent': 'tminus',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const response = await fetch(`${apiUrl.replace(/\/$/, '')}/${path}`, { headers }).catch(
    (error: unknown) => {
      throw new RepositoryUnavailableError('GitHub did not answer. Try again later.', { cause: error });
    },
  );
  if (response.status !== 200) {
    // Read, so that the connection is free.
    await response.text().catch(() => '');
    throw new RepositoryUnavailableError(whyNot(response));
  }
  const read = schema.safeParse(await response.json().catch(() => null));
  if (read.success) return read.data;
  throw new RepositoryUnavailableError('GitHub gave an answer that tminus does not understand.');
}

function whyNot({
  status,
  headers,
}: {
  status: number;
  headers: { get(name: string): string | null };
}): string {
  const isLimited = status === 429 || (status === 403 && headers.get('x-ratelimit-remaining') === '0');
  if (isLimited) return 'GitHub takes no more requests for now. Try again in an hour, or configure a token.';
  if (status === 401) return 'GitHub does not take the token of tminus. An operator has to replace it.';
  if (status === 404)
    return 'GitHub has no such repository or tags, or the token may not see them. Check repository in the plan.';
  if (status === 403) return 'The token of tminus may not read this repository.';
  return `GitHub answered with HTTP ${status}. Try again later.`;
}

function pathOf(repository: string): string {
  return repository.split('/').map(encodeURIComponent).join('/');
}

function toPull({ number, title, labels }: z.infer<typeof pullsOfCommit>[number]): MergedPull {
  return { number, title, labels: labels.map(({ name }) => name.toLowerCase()) };
}
