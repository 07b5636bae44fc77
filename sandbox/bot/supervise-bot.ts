import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../../src/config/config.ts';
import { findChildProgram } from '../child-program.ts';
import type { BotProcess, DueItem } from '../control-api.ts';
import type { SandboxClock } from '../sandbox-clock.ts';
import type { FromBot, ToBot } from './bot-link.ts';
import type { KnownPerson } from './connect-accounts.ts';

/** Milliseconds before the bot is started again after it died, and that a stop or an answer may take. */
const waits = { restart: 300, failed: 2_000, stop: 20_000, answer: 1_000 };

export interface SupervisedBot {
  state(): BotProcess;
  /** Where its HTTP server is; null while it does not run. */
  httpUrl(): string | null;
  /** SIGKILL: what a crashed machine does to a process. */
  kill(): void;
  /** What the bot will do next, in order; nothing while it does not run. */
  agenda(): Promise<DueItem[]>;
  /** Resolves once the bot is ready. Rejects when it ends before that, or is stopped; the message says why. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

export interface SupervisorOptions {
  config: Config;
  clock: SandboxClock;
  /** Who has connected their accounts before the bot began. */
  people?: KnownPerson[];
  /** Where the bot's own log lines go. */
  logFile: string;
  onState: (state: BotProcess) => void;
}

/** Runs the bot in a process of its own and starts it again whenever it dies. */
export function superviseBot(options: SupervisorOptions): SupervisedBot {
  const supervisor = new Supervisor(options);
  supervisor.start();
  return supervisor;
}

class Supervisor implements SupervisedBot {
  readonly #options: SupervisorOptions;
  readonly #stopListening: () => void;
  #child: ChildProcess | null = null;
  #state: BotProcess = { pid: null, state: 'starting', restarts: 0 };
  #httpUrl: string | null = null;
  #stopping = false;
  #questions = new Map<number, (items: DueItem[]) => void>();
  #questionId = 0;
  #readyWaiters: { resolve: () => void; reject: (error: Error) => void }[] = [];

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#stopListening = options.clock.onChange(() =>
      this.#tell({ type: 'clock', clock: options.clock.state() }),
    );
  }

  start(): void {
    const { logFile, config, clock, people = [] } = this.#options;
    mkdirSync(path.dirname(logFile), { recursive: true });
    const log = openSync(logFile, 'a');
    const { file, execArgv } = findChildProgram('run-bot');
    const child = fork(file, {
      execArgv,
      stdio: ['ignore', log, log, 'ipc'],
      // A process group of its own: Ctrl-C in the terminal is for the sandbox, which stops the bot in order.
      detached: true,
    });
    closeSync(log);
    this.#child = child;
    this.#become({ pid: child.pid ?? null, state: 'starting' });
    child.on('message', (message: FromBot) => this.#hear(message));
    child.once('exit', () => void this.#exited(child));
    this.#tell({ type: 'start', config, clock: clock.state(), people });
  }

  state(): BotProcess {
    return this.#state;
  }

  httpUrl(): string | null {
    return this.#httpUrl;
  }

  kill(): void {
    this.#child?.kill('SIGKILL');
  }

  async agenda(): Promise<DueItem[]> {
    if (this.#state.state !== 'running') return [];
    this.#questionId += 1;
    const id = this.#questionId;
    const answer = new Promise<DueItem[]>((resolve) => this.#questions.set(id, resolve));
    this.#tell({ type: 'agenda', id });
    const none: DueItem[] = [];
    const items = await Promise.race([answer, pause(waits.answer, none, { ref: false })]);
    this.#questions.delete(id);
    return items;
  }

  ready(): Promise<void> {
    if (this.#state.state === 'running') return Promise.resolve();
    if (this.#stopping) return Promise.reject(new Error('The bot was stopped.'));
    return new Promise((resolve, reject) => this.#readyWaiters.push({ resolve, reject }));
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#stopListening();
    this.#refuseWaiters('The bot was stopped.');
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    this.#tell({ type: 'stop' });
    const inTime = await Promise.race([exited, pause(waits.stop, 'late', { ref: false })]);
    if (inTime === 'late') child.kill('SIGKILL');
    await exited;
  }

  #hear(message: FromBot): void {
    switch (message.type) {
      case 'ready':
        this.#httpUrl = message.httpUrl;
        this.#become({ state: 'running' });
        for (const waiter of this.#readyWaiters.splice(0)) waiter.resolve();
        return;
      case 'failed':
        this.#refuseWaiters(message.message);
        return;
      case 'agenda':
        this.#questions.get(message.id)?.(message.items);
    }
  }

  async #exited(child: ChildProcess): Promise<void> {
    if (this.#child !== child) return;
    const wasRunning = this.#state.state === 'running';
    this.#httpUrl = null;
    this.#become({ pid: null, state: 'stopped' });
    // Whoever waits has been told of a failure already; this is an end without a word.
    this.#refuseWaiters(`The bot ended while it was starting. Its log is ${this.#options.logFile}`);
    if (this.#stopping) return;
    await pause(wasRunning || child.signalCode ? waits.restart : waits.failed);
    if (this.#stopping) return;
    this.#state = { ...this.#state, restarts: this.#state.restarts + 1 };
    this.start();
  }

  #refuseWaiters(why: string): void {
    for (const waiter of this.#readyWaiters.splice(0)) waiter.reject(new Error(why));
  }

  #tell(message: ToBot): void {
    if (this.#child?.connected) this.#child.send(message, () => undefined);
  }

  #become(change: Partial<BotProcess>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.onState(this.#state);
  }
}
