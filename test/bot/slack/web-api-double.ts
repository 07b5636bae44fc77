import type { IncomingMessage, ServerResponse } from 'node:http';
import { startServer } from '../../support/serve.ts';

export type Reply =
  | Record<string, unknown>
  | { status: number; headers?: Record<string, string>; body?: string }
  | 'drop'
  | 'hang';

export interface Call {
  method: string;
  /** Of a form, what is nested is JSON there; everything else is text. */
  args: Record<string, unknown>;
  authorization: string | undefined;
}

/** The least of a Slack Web API on loopback: answers each method as told, and remembers what was asked. */
export async function startWebApiDouble(answer: (call: Call) => Reply) {
  const calls: Call[] = [];
  const { url, close } = await startServer(async (request, response) => {
    const call = await readCall(request);
    calls.push(call);
    send(response, answer(call));
  });
  return { apiUrl: `${url}/api/`, calls, close };
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return {
    method: (request.url ?? '').replace('/api/', ''),
    args: readForm(Buffer.concat(chunks).toString()),
    authorization: request.headers.authorization,
  };
}

function readForm(body: string): Record<string, unknown> {
  const fields = [...new URLSearchParams(body)];
  return Object.fromEntries(
    fields.map(([name, value]) => [name, /^[[{]/.test(value) ? JSON.parse(value) : value]),
  );
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply === 'hang') return;
  if (reply === 'drop') return void response.socket?.destroy();
  if (typeof reply.status === 'number') {
    const { status, headers, body } = reply as {
      status: number;
      headers?: Record<string, string>;
      body?: string;
    };
    response.writeHead(status, headers).end(body ?? '');
  } else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
}

/** A log that keeps its lines, and once more those that are errors. */
export function recordingLog() {
  const lines: string[] = [];
  const errors: string[] = [];
  const keep = (line: string) => void lines.push(line);
  const error = (line: string) => {
    lines.push(line);
    errors.push(line);
  };
  return { lines, errors, info: keep, warn: keep, error };
}
