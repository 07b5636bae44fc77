import type { IncomingMessage, ServerResponse } from 'node:http';
import { startServer } from '../../support/serve.ts';

interface Run {
  id: number;
  display_title: string;
  event: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: string | null;
  html_url: string;
}

const token = 'github_pat_of_the_tests';
const root = '/repos/acme/shop/actions';

/** What GitHub's REST API does with one workflow, strictly: verb, path, headers, inputs and answers. */
export class TestGithub {
  readonly token = token;
  behaviour: 'sound' | 'refuse' | 'ignore' | 'late' = 'sound';
  /** As GitHub Enterprise Server does, which has no numbers in its answers. */
  isOld = false;
  /** How runs end. */
  conclusion = 'success';
  readonly runs: Run[] = [];
  readonly requests: string[] = [];
  url = '';
  close: () => Promise<void> = async () => undefined;

  async start(): Promise<void> {
    const { url, close } = await startServer((request, response) => void this.#serve(request, response));
    Object.assign(this, { url, close });
  }

  add(title: string, conclusion: string | null): Run {
    const id = this.runs.length + 1;
    const html_url = `https://github.com/acme/shop/actions/runs/${id}`;
    const status = conclusion === null ? 'queued' : 'completed';
    const run: Run = { id, display_title: title, event: 'workflow_dispatch', status, conclusion, html_url };
    this.runs.unshift(run);
    return run;
  }

  /** Ends the runs that are under way. */
  settle(): void {
    for (const run of this.runs)
      if (run.status !== 'completed')
        Object.assign(run, { status: 'completed', conclusion: this.conclusion });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const answer = (status: number, body?: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(body === undefined ? '' : JSON.stringify(body));
    };
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://github');
    const call = `${request.method} ${pathname}`;
    this.requests.push(call);
    const { authorization, accept, 'user-agent': agent } = request.headers;
    if (authorization !== `Bearer ${token}`) return answer(401, { message: 'Bad credentials' });
    if (accept !== 'application/vnd.github+json' || !agent) return answer(403, { message: 'which client?' });
    if (call === `GET ${root}/workflows/deploy.yml/runs`) {
      const event = searchParams.get('event');
      const workflow_runs = this.runs
        .filter((run) => run.event === event)
        .slice(0, Number(searchParams.get('per_page')));
      return answer(200, { total_count: this.runs.length, workflow_runs });
    }
    if (this.behaviour === 'refuse')
      return answer(403, { message: `Resource not accessible by personal access token ${token}` });
    const [, cancelled] = new RegExp(`^POST ${root}/runs/(\\d+)/cancel$`).exec(call) ?? [];
    if (cancelled) return this.#cancel(Number(cancelled), answer);
    if (call !== `POST ${root}/workflows/deploy.yml/dispatches`) return answer(404, { message: 'Not Found' });
    const { ref, inputs, return_run_details: details } = JSON.parse(Buffer.concat(chunks).toString());
    if (ref !== 'main') return answer(422, { message: `No ref found for: ${ref}` });
    const names = Object.keys(inputs).sort().join();
    if (
      names !== 'operation,version,weight' ||
      Object.values(inputs).some((value) => typeof value !== 'string')
    )
      return answer(422, { message: `Unexpected inputs provided: ${names}` });
    const run =
      this.behaviour === 'ignore'
        ? null
        : this.add(`tminus ${inputs.version} ${inputs.weight}% ${inputs.operation}`, null);
    if (this.behaviour === 'late') return null;
    if (this.isOld || !details || !run) return answer(204);
    return answer(200, { workflow_run_id: run.id, html_url: run.html_url });
  }

  #cancel(id: number, answer: (status: number, body: unknown) => void): unknown {
    const run = this.runs.find((each) => each.id === id);
    if (!run) return answer(404, { message: 'Not Found' });
    if (run.status === 'completed')
      return answer(409, { message: 'Cannot cancel a workflow run that is completed.' });
    Object.assign(run, { status: 'completed', conclusion: 'cancelled' });
    return answer(202, {});
  }
}
