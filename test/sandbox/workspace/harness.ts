import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ErrorCode, LogLevel, WebClient } from '@slack/web-api';
import { onTestFinished } from 'vitest';
import type { ActionResult, MessageList, OpenViews, WorkspaceEvent } from '../../../sandbox/control-api.ts';
import { SandboxClock } from '../../../sandbox/sandbox-clock.ts';
import type { WorkspaceOptions } from '../../../sandbox/workspace/options.ts';
import { defaultSeed } from '../../../sandbox/workspace/seed.ts';
import { type RunningWorkspace, startWorkspace } from '../../../sandbox/workspace/start-workspace.ts';

export const RELEASE = 'C0RELEASE';
export const GENERAL = 'C0GENERAL';
export const RITA = 'U0RITA';
export const EMIL = 'U0EMIL';
export const BOT_TOKEN = 'xoxb-test';
export const APP_TOKEN = 'xapp-test';
export const SIGNING_SECRET = 'a-signing-secret';

export const allScopes = [
  'chat:write',
  'commands',
  'channels:read',
  'channels:history',
  'im:read',
  'im:write',
  'im:history',
  'users:read',
  'users:read.email',
  'app_mentions:read',
];

/** The machine's time as the workspace sees it, moved by hand where a test needs it to. */
export class TestWall {
  offsetMs = 0;
  #stoppedMs: number | null = null;
  now = (): number => (this.#stoppedMs ?? Date.now()) + this.offsetMs;
  /** From now on it moves by hand only. */
  stop(): void {
    this.#stoppedMs = Date.now();
  }
  advance(ms: number): void {
    this.offsetMs += ms;
  }
}

export interface TestWorkspace extends RunningWorkspace {
  wall: TestWall;
  dataDir: string;
  client: WebClient;
}

/** A temporary folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'workspace-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function startTestWorkspace(options: Partial<WorkspaceOptions> = {}): Promise<TestWorkspace> {
  const wall = new TestWall();
  const dataDir = options.dataDir ?? temporaryFolder();
  const running = await startWorkspace({
    port: 0,
    dataDir,
    clock: new SandboxClock({ startMs: Date.parse('2026-12-01T08:00:00Z'), wall: wall.now }),
    seed: defaultSeed,
    signingSecret: SIGNING_SECRET,
    botToken: BOT_TOKEN,
    appToken: APP_TOKEN,
    delivery: { kind: 'socket' },
    commands: [{ command: '/release', description: 'Releases', usageHint: 'list', shouldEscape: true }],
    scopes: allScopes,
    events: ['app_home_opened', 'app_mention', 'message.channels', 'message.im'],
    ...options,
  });
  let closed = false;
  const close = async () => {
    if (!closed) await running.close();
    closed = true;
  };
  onTestFinished(close);
  return { ...running, close, wall, dataDir, client: clientOf(running) };
}

export function clientOf({ apiUrl }: { apiUrl: string }, token = BOT_TOKEN): WebClient {
  const logger = {
    debug() {},
    info() {},
    warn() {},
    error() {},
    setLevel() {},
    getLevel: () => LogLevel.ERROR,
    setName() {},
  };
  return new WebClient(token, {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger,
  });
}

/** Slack's refusal of a call: its code and the list of what was wrong. */
export async function refusalOf(call: Promise<unknown>): Promise<{ error: string; messages: string[] }> {
  try {
    await call;
  } catch (error) {
    const { data } = error as {
      code: ErrorCode;
      data: { error: string; response_metadata?: { messages?: string[] } };
    };
    return { error: data.error, messages: data.response_metadata?.messages ?? [] };
  }
  throw new Error('The call was expected to be refused.');
}

export async function control<Answer>(
  { url }: { url: string },
  method: 'GET' | 'PUT' | 'POST',
  pathname: string,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(`${url}/sandbox/${pathname}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(answer)}`);
  return answer as Answer;
}

export function action(workspace: { url: string }, name: string, body: unknown): Promise<ActionResult> {
  return control<ActionResult>(workspace, 'POST', `actions/${name}`, body);
}

export async function messagesIn(
  workspace: { url: string },
  channel: string,
  query = '',
): Promise<MessageList['messages']> {
  return (await control<MessageList>(workspace, 'GET', `channels/${channel}/messages?${query}`)).messages;
}

export async function viewsOf(workspace: { url: string }, person: string): Promise<OpenViews['views']> {
  return (await control<OpenViews>(workspace, 'GET', `people/${person}/views`)).views;
}

/** Reads the event stream from now on; `next` waits for the first event of a type that was not taken yet. */
export async function followEvents({ url }: { url: string }): Promise<{
  next: <Type extends WorkspaceEvent['type']>(type: Type) => Promise<Extract<WorkspaceEvent, { type: Type }>>;
}> {
  const stopping = new AbortController();
  onTestFinished(() => stopping.abort());
  const response = await fetch(`${url}/sandbox/events`, { signal: stopping.signal });
  const body = response.body?.getReader();
  if (!body) throw new Error('The stream has no body.');
  const events: WorkspaceEvent[] = [];
  const waiting = new Set<() => void>();
  void (async () => {
    let rest = '';
    const decoder = new TextDecoder();
    for (;;) {
      const { done, value } = await body.read();
      if (done) return;
      const frames = (rest + decoder.decode(value, { stream: true })).split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames) if (frame.startsWith('data: ')) events.push(JSON.parse(frame.slice(6)));
      for (const wake of waiting) wake();
    }
  })().catch(() => undefined);
  const next = <Type extends WorkspaceEvent['type']>(type: Type) =>
    new Promise<Extract<WorkspaceEvent, { type: Type }>>((resolve) => {
      const look = () => {
        const index = events.findIndex((event) => event.type === type);
        const found = events[index];
        if (!found) return;
        events.splice(index, 1);
        waiting.delete(look);
        resolve(found as Extract<WorkspaceEvent, { type: Type }>);
      };
      waiting.add(look);
      look();
    });
  await next('clock');
  return { next };
}
