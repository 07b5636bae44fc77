import type { IncomingMessage, ServerResponse } from 'node:http';
import { startServer } from '../../support/serve.ts';

interface Strategy {
  id: string;
  name: string;
  parameters: Record<string, string>;
  constraints: unknown[];
  segments: number[];
  disabled?: boolean;
}

const token = '*:*.a-token-of-the-tests';
const root = '/api/admin/projects/default/features/checkout/environments/production';

/** What Unleash's Admin API does with one feature, strictly: verb, path, content type, parameters as text. */
export class TestUnleash {
  readonly token = token;
  behaviour: 'sound' | 'refuse' | 'ignore' | 'late' = 'sound';
  enabled = false;
  strategies: Strategy[] = [];
  readonly requests: string[] = [];
  url = '';
  close: () => Promise<void> = async () => undefined;

  async start(): Promise<void> {
    const { url, close } = await startServer((request, response) => void this.#serve(request, response));
    Object.assign(this, { url, close });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const answer = (status: number, body?: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(body === undefined ? '' : JSON.stringify(body));
    };
    const fail = (status: number, message: string) => answer(status, { name: 'Error', message });
    const call = `${request.method} ${request.url?.replace(root, '')}`;
    this.requests.push(call);
    if (request.headers.authorization !== token) return fail(401, 'You must log in to use Unleash.');
    if (!request.url?.startsWith(root)) return fail(404, 'Could not find the feature');
    if (call === 'GET ')
      return answer(200, { name: 'production', enabled: this.enabled, strategies: this.strategies });
    if (this.behaviour === 'refuse') return fail(403, `${token} lacks UPDATE_FEATURE_STRATEGY`);
    const act = this.#actOf(call, Buffer.concat(chunks).toString(), request.headers['content-type']);
    if (typeof act !== 'function') return fail(...act);
    if (this.behaviour !== 'ignore') act();
    if (this.behaviour !== 'late') answer(call.startsWith('POST /strategies') ? 201 : 200, {});
  }

  #actOf(call: string, body: string, type: string | undefined): (() => void) | [number, string] {
    if (call === 'POST /on' || call === 'POST /off') {
      return () => {
        this.enabled = call === 'POST /on';
      };
    }
    const [, method, id] = /^(POST|PUT) \/strategies(?:\/([a-z0-9-]+))?$/.exec(call) ?? [];
    if (method === undefined || (method === 'PUT') !== (id !== undefined)) return [404, 'Not Found'];
    if (type !== 'application/json') return [415, 'We do not support the content-type you provided'];
    const strategy = JSON.parse(body) as Omit<Strategy, 'id'>;
    if (Object.values(strategy.parameters).some((value) => typeof value !== 'string'))
      return [400, 'Request validation failed: parameters must be strings'];
    const index = this.strategies.findIndex((each) => each.id === id);
    if (id !== undefined && index < 0) return [404, `Could not find strategy with id ${id}`];
    return () => {
      if (index < 0) this.strategies.push({ ...strategy, id: `strategy-${this.strategies.length}` });
      else this.strategies[index] = { ...strategy, id: id ?? '' };
    };
  }
}
