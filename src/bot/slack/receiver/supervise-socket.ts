import { describeError } from '../../../lib/describe-error.ts';
import { withinTime } from '../../requests/in-progress.ts';
import type { SlackLog } from '../client/log.ts';
import { SlackTokenError } from '../client/token-error.ts';

/** The part of a Socket Mode client that supervision needs. It must not reconnect by itself. */
export interface SupervisedSocket {
  /** Resolves once Slack said hello; rejects with a `SlackTokenError` when Slack refuses the token. */
  start(): Promise<unknown>;
  disconnect(): Promise<void>;
  on(event: 'disconnected', listener: () => void): unknown;
}

export type SocketState = 'connecting' | 'connected' | 'waiting' | 'stopped';

export interface SupervisorOptions {
  socket: SupervisedSocket;
  log: SlackLog;
  /** Called with every change of state, for health. */
  onState?: (state: SocketState) => void;
  /** First and longest wait between two attempts that failed, in milliseconds. */
  backoffMs?: { first: number; longest: number };
  /** How long Slack may take to say hello, and a closing socket to close. */
  helloWithinMs?: number;
  closeWithinMs?: number;
  /** 0 to 1, spreads the waits of several processes. */
  random?: () => number;
}

export interface SocketSupervisor {
  /**
   * Connects and stays connected until `stop`. Resolves with the first connection; rejects with a `SlackTokenError`
   * of the first attempt, since no other one would fare better.
   */
  start(): Promise<void>;
  /** Closes the socket and waits until it is closed. */
  stop(): Promise<void>;
}

/**
 * Keeps a Socket Mode connection up. The SDK's own reconnecting waits as long as its ping timeout before it
 * begins, and may end in a rejection that nobody hears; here a lost connection is replaced at once, and
 * attempts that fail are repeated for ever, ever more slowly.
 */
export function superviseSocket(options: SupervisorOptions): SocketSupervisor {
  const { socket, log, random = Math.random } = options;
  const backoff = options.backoffMs ?? { first: 500, longest: 30_000 };
  const helloWithinMs = options.helloWithinMs ?? 20_000;
  const closeWithinMs = options.closeWithinMs ?? 5_000;
  let state: SocketState = 'stopped';
  let attempt: Promise<void> | undefined;
  let failures = 0;
  let wake: () => void = () => undefined;

  const become = (next: SocketState) => {
    if (state === next) return;
    state = next;
    options.onState?.(next);
  };
  const isStopped = () => state === 'stopped';

  const closeSocket = async () => {
    const closed = await withinTime(socket.disconnect(), closeWithinMs);
    if (!closed) log.warn('Slack did not close the socket in time.');
  };

  const connectOnce = async () => {
    become('connecting');
    const greeting = socket.start();
    // A late failure of an attempt that was given up is nobody's.
    greeting.catch(() => undefined);
    if (await withinTime(greeting, helloWithinMs)) return;
    await closeSocket();
    throw new Error(`Slack said no hello within ${helloWithinMs / 1000} s.`);
  };

  const pause = async () => {
    const longest = Math.min(backoff.longest, backoff.first * 2 ** (failures - 1));
    become('waiting');
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, longest * (0.5 + random() / 2));
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  };

  /** Returns when connected or stopped. */
  const connect = async (isFirst: boolean) => {
    while (!isStopped()) {
      try {
        await connectOnce();
        if (isStopped()) return await closeSocket();
        failures = 0;
        become('connected');
        return;
      } catch (error) {
        if (isStopped()) return;
        if (isFirst && error instanceof SlackTokenError) throw error;
        failures += 1;
        log.error(`No Socket Mode connection to Slack (attempt ${failures}): ${describeError(error)}`);
        await pause();
      }
    }
  };

  const begin = (isFirst: boolean) => {
    attempt = connect(isFirst).finally(() => {
      attempt = undefined;
    });
    return attempt;
  };

  socket.on('disconnected', () => {
    if (state !== 'connected') return;
    become('connecting');
    log.info('The Socket Mode connection ended; connecting again.');
    void begin(false);
  });

  return {
    start: async () => {
      if (!isStopped()) return;
      become('connecting');
      try {
        await begin(true);
      } catch (error) {
        become('stopped');
        throw error;
      }
    },
    stop: async () => {
      if (isStopped()) return;
      become('stopped');
      wake();
      await closeSocket();
      // An attempt that was on its way closes what it opened.
      await withinTime(Promise.allSettled([attempt]), closeWithinMs);
    },
  };
}
