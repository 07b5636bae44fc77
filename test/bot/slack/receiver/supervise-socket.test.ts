import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { SlackTokenError } from '../../../../src/bot/slack/client/token-error.ts';
import { type SocketState, superviseSocket } from '../../../../src/bot/slack/receiver/supervise-socket.ts';
import { recordingLog } from '../web-api-double.ts';

/** A socket whose starts succeed, fail or hang as told; the last word holds for all later ones. */
class FakeSocket extends EventEmitter {
  starts = 0;
  disconnects = 0;
  readonly #script: ('ok' | 'hang' | Error)[];

  constructor(...script: ('ok' | 'hang' | Error)[]) {
    super();
    this.#script = script;
  }

  start(): Promise<void> {
    this.starts += 1;
    const word = this.#script.length > 1 ? this.#script.shift() : this.#script[0];
    if (word === 'hang') return new Promise(() => undefined);
    return word instanceof Error ? Promise.reject(word) : Promise.resolve();
  }

  async disconnect(): Promise<void> {
    this.disconnects += 1;
    this.emit('disconnected');
  }
}

function setUp(...script: ConstructorParameters<typeof FakeSocket>) {
  const socket = new FakeSocket(...script);
  const log = recordingLog();
  const states: SocketState[] = [];
  const supervisor = superviseSocket({
    socket,
    log,
    onState: (state) => states.push(state),
    backoffMs: { first: 1, longest: 4 },
    helloWithinMs: 10,
    random: () => 1,
  });
  return { socket, log, states, supervisor };
}

it('connects, and again as soon as the connection ends', async () => {
  const { socket, states, supervisor } = setUp('ok');
  await supervisor.start();
  socket.emit('disconnected');
  await vi.waitFor(() => expect(states).toEqual(['connecting', 'connected', 'connecting', 'connected']));
  expect(socket.starts).toBe(2);
  await supervisor.stop();
});

it('goes on trying while Slack can not be reached', async () => {
  const { socket, states, log, supervisor } = setUp(new Error('ECONNREFUSED'), new Error('HTTP 500'), 'ok');
  await supervisor.start();
  expect(socket.starts).toBe(3);
  expect(states).toEqual(['connecting', 'waiting', 'connecting', 'waiting', 'connecting', 'connected']);
  expect(log.lines[1]).toContain('attempt 2');
  await supervisor.stop();
});

it('rejects the first start when Slack refuses the token', async () => {
  const { supervisor, socket, states } = setUp(
    new SlackTokenError('Slack refuses SLACK_APP_TOKEN (invalid_auth).'),
  );
  await expect(supervisor.start()).rejects.toThrow('invalid_auth');
  expect(states.at(-1)).toBe('stopped');
  expect(socket.starts).toBe(1);
});

it('keeps trying when a later connection is refused', async () => {
  const { supervisor, socket, states } = setUp('ok', new SlackTokenError('invalid_auth'), 'ok');
  await supervisor.start();
  socket.emit('disconnected');
  await vi.waitFor(() => expect(socket.starts).toBe(3));
  await vi.waitFor(() => expect(states.at(-1)).toBe('connected'));
  await supervisor.stop();
});

it('gives up on a greeting that does not come', async () => {
  const { supervisor, socket, log } = setUp('hang', 'ok');
  await supervisor.start();
  expect(socket.disconnects).toBe(1);
  expect(log.lines[0]).toContain('no hello');
  await supervisor.stop();
});

it('stops for good, also while it waits', async () => {
  const { supervisor, socket, states } = setUp(new Error('down'));
  const started = supervisor.start();
  await vi.waitFor(() => expect(states).toContain('waiting'));
  await supervisor.stop();
  await started;
  const { starts } = socket;
  socket.emit('disconnected');
  expect(socket.starts).toBe(starts);
  expect(states.at(-1)).toBe('stopped');
});
