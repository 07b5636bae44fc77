import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'undici';
import type { WebSocket } from 'ws';
import { commandPayload, type Envelope, signedForm, votePayload } from '../command-payload.ts';
import { type LoadResult, sendInFlight } from '../in-flight.ts';
import { serveParent } from '../parent-link.ts';
import { type SlackDouble, startSlackDouble } from '../slack-double.ts';
import { percentile } from '../statistics.ts';
import type { Ballot } from './bot-main.ts';

export interface LoadRequest {
  /** An HTTP endpoint, or the app-level token whose socket gets the envelopes. */
  target: { url: string } | { appToken: string };
  inFlight: number;
  requests: number;
  /** Commands `/promote bench-1` to `/promote bench-<releases>`, in turn. */
  releases: number;
  /** What every answer must hold. */
  expect: string;
}

export interface ActRequest {
  url: string;
  ballots: readonly Ballot[];
  perSecond: number;
  seconds: number;
  /** Commands name \`bench-poll-1\` and on, in turn. */
  releases: number;
}

/** Sends a command or a click and gives what came back. */
type Send = (envelope: Envelope) => Promise<string>;

let slack: SlackDouble | undefined;

const handlers = {
  /** Starts the Slack double in this process; returns its Web API. */
  start: async (): Promise<string> => {
    slack ??= await startSlackDouble();
    return slack.apiUrl;
  },
  /** Sends commands, so many at a time; the time of one is from its sending to its acknowledgement. */
  load: async (request: LoadRequest): Promise<LoadResult> => {
    const { send, close } = await open(request);
    try {
      return await run(request, send);
    } finally {
      await close();
    }
  },
  /** Sends all clicks of a burst at once, each over a connection of its own. */
  click: async ({ url, ballots }: { url: string; ballots: readonly Ballot[] }): Promise<LoadResult> => {
    const { send, close } = openHttp(url, ballots.length);
    const started = performance.now();
    const times = await Promise.all(
      ballots.map(async (ballot, lane) => {
        const begun = performance.now();
        await (send[lane] as Send)(votePayload(ballot));
        return performance.now() - begun;
      }),
    );
    const seconds = (performance.now() - started) / 1000;
    await close();
    return { p50: percentile(times, 0.5), p99: percentile(times, 0.99), perSecond: times.length / seconds };
  },
  /** Acts at a steady rate for so many seconds: clicks on ballots, and a refused command each fourth time. */
  act: async ({
    url,
    ballots,
    perSecond,
    seconds,
    releases,
  }: ActRequest): Promise<{ acts: number; late: number }> => {
    const { send, close } = openHttp(url, perSecond * 5);
    const acts = perSecond * seconds;
    const begun = performance.now();
    const answers: Promise<boolean>[] = [];
    for (let act = 0; act < acts; act += 1) {
      await pause(begun + (act * 1000) / perSecond - performance.now());
      const ballot = ballots[act % ballots.length] as Ballot;
      const isCommand = act % 4 === 3;
      const release = `bench-poll-${1 + (act % releases)}`;
      const envelope = isCommand ? commandPayload('/promote', release) : votePayload(ballot);
      const sendOne = send[act % send.length] as Send;
      // What is acknowledged too late for Slack is done all the same.
      answers.push(
        sendOne(envelope).then(
          () => true,
          () => false,
        ),
      );
    }
    const late = (await Promise.all(answers)).filter((isAnswered) => !isAnswered).length;
    await close();
    return { acts, late };
  },
};
export type LoadProcess = typeof handlers;
serveParent(handlers);

function run({ releases, expect, ...level }: LoadRequest, send: Send[]): Promise<LoadResult> {
  return sendInFlight(level, async ({ number, lane }) => {
    const sendOne = send[lane % send.length] as Send;
    const answer = await sendOne(commandPayload('/promote', `bench-${1 + (number % releases)}`));
    if (!answer.includes(expect)) throw new Error(`unexpected answer: ${answer.slice(0, 300)}`);
  });
}

async function open({
  target,
  inFlight,
}: LoadRequest): Promise<{ send: Send[]; close: () => Promise<unknown> }> {
  if ('url' in target) return openHttp(target.url, inFlight);
  const socket = await slack?.socketOf(target.appToken);
  if (!socket) throw new Error('the Slack double is not started');
  return openSocket(socket);
}

/** A kept-alive connection to each request in flight, as Slack's front ends keep theirs. */
function openHttp(url: string, inFlight: number) {
  const { origin, pathname } = new URL(url);
  const clients = Array.from({ length: inFlight }, () => new Client(origin));
  const send = clients.map(
    (client): Send =>
      async (envelope) => {
        const { headers, body } = signedForm(envelope);
        const response = await client.request({ method: 'POST', path: pathname, headers, body });
        const answer = await response.body.text();
        if (response.statusCode !== 200) throw new Error(`HTTP ${response.statusCode}: ${answer}`);
        return answer;
      },
  );
  return { send, close: () => Promise.all(clients.map((client) => client.close())) };
}

function openSocket(socket: WebSocket) {
  const open = new Map<string, (answer: string) => void>();
  const onMessage = (data: Buffer) => {
    const text = data.toString();
    const { envelope_id: id } = JSON.parse(text) as { envelope_id?: string };
    if (id === undefined) return;
    open.get(id)?.(text);
    open.delete(id);
  };
  socket.on('message', onMessage);
  const send: Send = ({ kind, payload }) =>
    new Promise((resolve) => {
      const id = randomUUID();
      open.set(id, resolve);
      socket.send(JSON.stringify({ envelope_id: id, type: kind, accepts_response_payload: true, payload }));
    });
  return { send: [send], close: async () => socket.off('message', onMessage) };
}
