import * as z from 'zod';
import { errorMessage } from '../error-message.ts';
import { createFetch, type Fetch } from '../http/create-fetch.ts';
import { describeNoAnswer } from '../http/describe-no-answer.ts';
import { parseJson } from '../parse-json.ts';
import { shortenText } from '../shorten-text.ts';
import { type ClusterAccess, readClusterAccess } from './cluster-access.ts';
import type { ClusterSettings } from './cluster-settings.ts';

export type JsonPatch = readonly (
  | { op: 'test' | 'add' | 'replace'; path: string; value: unknown }
  | { op: 'remove'; path: string }
)[];

/** The part of Kubernetes' REST API that drivers need. Paths begin with `/api` or `/apis`. */
export interface KubernetesClient {
  get<Resource>(path: string, schema: z.ZodType<Resource>): Promise<Resource>;
  /** False when the resource has changed since the `resourceVersion` that it names. */
  mergePatch(path: string, body: object): Promise<boolean>;
  /** False when a `test` of it failed, or the resource changed meanwhile. */
  jsonPatch(path: string, body: JsonPatch): Promise<boolean>;
}

/** Lists of ReplicaSets with their templates may be long. */
const maxBytes = 16 * 1024 * 1024;
const Status = z.object({ message: z.string() });

/** `Failure`: the class of what is thrown, with a message that holds no secret. */
export function createKubernetesClient(
  settings: ClusterSettings,
  Failure: new (message: string) => Error,
): KubernetesClient {
  const { timeoutMs } = settings;
  const fetchOf = cachedFetch(timeoutMs);

  const send = async (method: 'GET' | 'PATCH', path: string, patch?: { type: string; body: unknown }) => {
    const access = failingAs(Failure, () => readClusterAccess(settings));
    const headers = {
      accept: 'application/json',
      ...(access.token === null ? {} : { authorization: `Bearer ${access.token}` }),
      ...(patch && { 'content-type': patch.type }),
    };
    const init = { method, headers, ...(patch && { body: JSON.stringify(patch.body) }) };
    try {
      const response = await fetchOf(access)(`${access.server}${path}`, init);
      return { status: response.status, body: parseJson(await response.text()), access };
    } catch (error) {
      throw new Failure(`Kubernetes: ${describeNoAnswer(error, { timeoutMs })}.`);
    }
  };
  const explain = (path: string, { status, body, access }: Awaited<ReturnType<typeof send>>) => {
    if (status === 401) return new Failure('Kubernetes does not accept the token or certificate of tminus.');
    const said = Status.safeParse(body);
    const words = said.success ? hide(said.data.message, access) : `nothing more about ${path}`;
    return new Failure(`Kubernetes answered HTTP ${status}: ${shortenText(words, 300)}`);
  };
  const patch = (type: string) => async (path: string, body: unknown) => {
    const answer = await send('PATCH', path, { type: `application/${type}+json`, body });
    if (answer.status === 409 || isFailedTest(answer.status, body)) return false;
    if (answer.status !== 200) throw explain(path, answer);
    return true;
  };

  return {
    get: async (path, schema) => {
      const answer = await send('GET', path);
      if (answer.status !== 200) throw explain(path, answer);
      const read = schema.safeParse(answer.body);
      if (read.success) return read.data;
      const [problem] = read.error.issues;
      throw new Failure(`Kubernetes answered with something else than expected: ${problem?.path.join('.')}.`);
    },
    mergePatch: patch('merge-patch'),
    jsonPatch: patch('json-patch'),
  };
}

/** Kubernetes answers a failed `test` like a resource that is not valid. */
function isFailedTest(status: number, body: unknown): boolean {
  return status === 422 && Array.isArray(body) && body.some((each: { op?: unknown }) => each.op === 'test');
}

/** Connections go by certificates, which seldom change. */
function cachedFetch(timeoutMs: number): (access: ClusterAccess) => Fetch {
  let made: { key: string; fetch: Fetch } | undefined;
  return ({ tls }) => {
    const key = JSON.stringify(tls);
    if (made?.key !== key) made = { key, fetch: createFetch({ maxBytes, timeoutMs, tls }) };
    return made.fetch;
  };
}

function hide(message: string, { token }: ClusterAccess): string {
  return token ? message.replaceAll(token, '…') : message;
}

function failingAs<Value>(Failure: new (message: string) => Error, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw new Failure(errorMessage(error));
  }
}
