import * as z from 'zod';
import { createFetch } from '../../lib/http/create-fetch.ts';
import { describeNoAnswer } from '../../lib/http/describe-no-answer.ts';
import { parseJson } from '../../lib/parse-json.ts';
import { shortenText } from '../../lib/shorten-text.ts';
import { DriverError } from '../../services/ports/deployment-driver.ts';
import type { GithubSettings } from './schema.ts';

const maxBytes = 8 * 1024 * 1024;
const Problem = z.object({ message: z.string() });

export interface GithubAnswer {
  status: number;
  body: unknown;
}

/** Asks GitHub's REST API about the workflow. @throws DriverError when there is no answer, or none that is expected */
export type AskGithub = (
  request: { method: 'GET' | 'POST'; path: string; body?: object },
  expected: readonly number[],
) => Promise<GithubAnswer>;

/** Paths are below those of the repository. */
export function createGithubApi(settings: GithubSettings): AskGithub {
  const { apiUrl, repository, token, timeoutMs } = settings;
  const fetch = createFetch({ maxBytes, timeoutMs });
  const root = `${apiUrl.replace(/\/+$/, '')}/repos/${repository}`;
  const headers = {
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
    'user-agent': 'tminus',
    authorization: `Bearer ${token}`,
  };
  return async ({ method, path, body }, expected) => {
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const answer = await fetch(`${root}/${path}`, init).then(
      async (response) => ({ status: response.status, body: parseJson(await response.text()) }),
      (error: unknown) => {
        throw new DriverError(`GitHub: ${describeNoAnswer(error, { timeoutMs })}.`);
      },
    );
    if (expected.includes(answer.status)) return answer;
    throw new DriverError(explain(answer, token));
  };
}

function explain({ status, body }: GithubAnswer, token: string): string {
  if (status === 401) return 'GitHub does not accept the token of the driver.';
  const said = Problem.safeParse(body);
  const words = said.success ? `: ${shortenText(said.data.message.replaceAll(token, '…'), 300)}` : '.';
  return `GitHub answered HTTP ${status}${words}`;
}
