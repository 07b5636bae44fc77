import * as z from 'zod';
import { createFetch } from '../../lib/http/create-fetch.ts';
import { describeNoAnswer } from '../../lib/http/describe-no-answer.ts';
import { parseJson } from '../../lib/parse-json.ts';
import { shortenText } from '../../lib/shorten-text.ts';
import { DriverError } from '../../services/ports/deployment-driver.ts';
import type { UnleashSettings } from './schema.ts';

const maxBytes = 1024 * 1024;
const Problem = z.object({ message: z.string() });

const Strategy = z.looseObject({
  id: z.string(),
  name: z.string(),
  disabled: z.boolean().nullish(),
  parameters: z.record(z.string(), z.string()).default({}),
  constraints: z.array(z.unknown()).default([]),
  segments: z.array(z.int()).default([]),
});
export type Strategy = z.infer<typeof Strategy>;
const Environment = z.looseObject({ enabled: z.boolean(), strategies: z.array(Strategy) });
/** A feature in one environment: strategies count while it is enabled, and any of them is enough. */
export type Environment = z.infer<typeof Environment>;

export interface UnleashApi {
  read(): Promise<Environment>;
  /** Creates a strategy, or replaces the one of this id. */
  write(id: string | null, strategy: Omit<Strategy, 'id'>): Promise<void>;
  turn(state: 'on' | 'off'): Promise<void>;
}

/** The part of Unleash's Admin API that concerns one feature in one environment. */
export function createUnleashApi(settings: UnleashSettings): UnleashApi {
  const { url, token, project, feature, environment, timeoutMs } = settings;
  const fetch = createFetch({ maxBytes, timeoutMs });
  const root = `${url.replace(/\/+$/, '')}/api/admin/projects/${project}/features/${feature}/environments/${environment}`;
  const ask = async (method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<unknown> => {
    const headers = {
      accept: 'application/json',
      authorization: token,
      ...(body && { 'content-type': 'application/json' }),
    };
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const answer = await fetch(`${root}${path}`, init).then(
      async (response) => ({ status: response.status, body: parseJson(await response.text()) }),
      (error: unknown) => {
        throw new DriverError(`Unleash: ${describeNoAnswer(error, { timeoutMs })}.`);
      },
    );
    if (answer.status >= 200 && answer.status < 300) return answer.body;
    throw new DriverError(explain(answer, token));
  };
  return {
    read: async () => {
      const read = Environment.safeParse(await ask('GET', ''));
      if (read.success) return read.data;
      throw new DriverError('Unleash answered with something else than a feature in an environment.');
    },
    write: async (id, strategy) => {
      await (id === null ? ask('POST', '/strategies', strategy) : ask('PUT', `/strategies/${id}`, strategy));
    },
    turn: async (state) => {
      await ask('POST', `/${state}`);
    },
  };
}

function explain({ status, body }: { status: number; body: unknown }, token: string): string {
  if (status === 401) return 'Unleash does not accept the token of the driver.';
  const said = Problem.safeParse(body);
  const words = said.success ? `: ${shortenText(said.data.message.replaceAll(token, '…'), 300)}` : '.';
  return `Unleash answered HTTP ${status}${words}`;
}
