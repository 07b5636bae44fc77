import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inject } from 'vitest';
import { createControlClient } from '../../../sandbox/control-client.ts';
import type { SandboxOptions } from '../../../sandbox/start-sandbox.ts';
import { findRunningServer } from '../../../src/db/embedded-postgres/find-running-server.ts';
import { readPostmasterFile } from '../../../src/db/embedded-postgres/postgres-process.ts';
import { findTestPort } from '../../support/test-port.ts';

/** `kept`: with the example release in it, and able to start over. */
type Options = Partial<Omit<SandboxOptions, 'say' | 'dataDir' | 'port'>> & { kept?: boolean };

/** How a sandbox is killed: its own process; the bot's too; the database's too, as when the machine dies. */
export type Killing = 'parent' | 'parent-and-bot' | 'everything';

/** A sandbox in a process of its own, on a folder of its own. */
export class SandboxProcess {
  readonly url: string;
  readonly dataDir: string;
  readonly #options: Options;
  readonly #port: number;
  #child: ChildProcess | null = null;

  private constructor(options: Options, place: { dataDir: string; port: number }) {
    this.#options = options;
    this.dataDir = place.dataDir;
    this.#port = place.port;
    this.url = `http://127.0.0.1:${place.port}`;
  }

  /** Its clock stands still and Slack's limits are off, unless `options` say otherwise. */
  static async start(options: Options = {}): Promise<SandboxProcess> {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'tminus-story-'));
    const quick: Options = { paused: true, limits: 'off', page: false, load: 100 };
    const port = await findTestPort();
    const sandbox = new SandboxProcess({ ...quick, ...options }, { dataDir, port });
    await sandbox.#launch();
    return sandbox;
  }

  /** Of the database: the given one, else the embedded one. */
  async databaseUrl(): Promise<string> {
    const url = this.#options.databaseUrl ?? (await findRunningServer(this.dataDir));
    if (!url) throw new Error(`No database runs in ${this.dataDir}.`);
    return url;
  }

  /** SIGKILL, and a new start on the same folder and port. */
  async killAndStartAgain(killing: Killing): Promise<void> {
    const child = this.#running();
    const bot = killing === 'parent' ? null : (await createControlClient(this.url).bot()).pid;
    const postgres = killing === 'everything' ? this.postgresPid() : null;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    for (const pid of [bot, postgres]) if (pid) process.kill(pid, 'SIGKILL');
    await exited;
    await this.#launch();
  }

  /** The process id of the embedded PostgreSQL; null when none is noted. */
  postgresPid(): number | null {
    return readPostmasterFile(path.join(this.dataDir, 'postgres'))?.pid ?? null;
  }

  async stop(): Promise<void> {
    const child = this.#running();
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  }

  /** Stops it and removes its folder. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child?.exitCode === null && this.#child.signalCode === null) await this.stop();
    if (!process.env.TMINUS_KEEP_STORY) await rm(this.dataDir, { recursive: true, force: true });
  }

  async #launch(): Promise<void> {
    const options = { ...this.#options, dataDir: this.dataDir, port: this.#port };
    const child = fork(inject('sandboxMain'), [JSON.stringify(options)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child = child;
    const ended = once(child, 'exit').then(() => {
      throw new Error('The sandbox ended before it was ready; what it said is above.');
    });
    await Promise.race([once(child, 'message'), ended]);
    ended.catch(() => undefined);
  }

  #running(): ChildProcess {
    if (!this.#child) throw new Error('the sandbox was not started');
    return this.#child;
  }
}
