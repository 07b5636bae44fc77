import type { IncomingMessage } from 'node:http';
import { startServer } from './serve.ts';

interface DoublePull {
  number: number;
  title: string;
  labels?: string[];
  merged_at?: string | null;
}

export interface GitHubDouble {
  url: string;
  /** The commits between `v1.0.0` and `v1.1.0` of `acme/web`, oldest first, with the pull requests of each. */
  commits: { sha: string; pulls: DoublePull[] }[];
  /** The next requests are answered with these. */
  failures: { status: number; headers?: Record<string, string> }[];
  requests: string[];
  close(): Promise<void>;
}

export const githubToken = 'token-of-the-tests';

/** GitHub's REST API, as far as its reference describes comparing commits and their pull requests; strict in all else. */
export async function startGitHub(): Promise<GitHubDouble> {
  const state: Pick<GitHubDouble, 'commits' | 'failures' | 'requests'> = {
    ...{ commits: [], failures: [], requests: [] },
  };
  const server = await startServer((request, response) => {
    const { status, headers = {}, body } = answer(state, request);
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(JSON.stringify(body));
  });
  return Object.assign(state, { url: server.url, close: () => server.close() });
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
}

const notFound: Answer = { status: 404, body: { message: 'Not Found' } };

function answer(state: Omit<GitHubDouble, 'url' | 'close'>, request: IncomingMessage): Answer {
  const { method, url = '', headers } = request;
  state.requests.push(`${method} ${url}`);
  const failure = state.failures.shift();
  if (failure) return { ...failure, body: { message: 'As asked for.' } };
  // GitHub refuses a request without a user agent with 403.
  if (!headers['user-agent']) return { status: 403, body: { message: 'Request forbidden' } };
  if (headers.authorization !== `Bearer ${githubToken}`)
    return { status: 401, body: { message: 'Bad credentials' } };
  if (headers['x-github-api-version'] !== '2022-11-28' || headers.accept !== 'application/vnd.github+json')
    return { status: 400, body: { message: 'Unknown version' } };
  if (method !== 'GET') return notFound;
  const { pathname, searchParams } = new URL(url, 'http://double');
  const perPage = Number(searchParams.get('per_page'));
  if (!(perPage >= 1 && perPage <= 100)) return { status: 422, body: { message: 'per_page' } };
  if (pathname === '/repos/acme/web/compare/v1.0.0...v1.1.0')
    return { status: 200, body: compare(state, { perPage, page: Number(searchParams.get('page') ?? 1) }) };
  const [, sha] = /^\/repos\/acme\/web\/commits\/([0-9a-f]{40})\/pulls$/.exec(pathname) ?? [];
  const commit = state.commits.find((one) => one.sha === sha);
  if (!commit) return notFound;
  return { status: 200, body: commit.pulls.slice(0, perPage).map(describePull) };
}

function compare(
  { commits }: Pick<GitHubDouble, 'commits'>,
  { perPage, page }: { perPage: number; page: number },
) {
  const shown = commits.slice((page - 1) * perPage, page * perPage);
  return {
    status: 'ahead',
    total_commits: commits.length,
    commits: shown.map(({ sha }) => ({ sha, commit: { message: 'A commit' } })),
  };
}

function describePull({ number, title, labels = [], merged_at = '2030-06-01T10:00:00Z' }: DoublePull) {
  return {
    ...{ number, title, merged_at, state: 'closed', html_url: `https://github.com/acme/web/pull/${number}` },
    ...{ labels: labels.map((name) => ({ name })), user: { login: 'octocat' } },
  };
}
