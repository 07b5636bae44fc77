import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { findChildProgram } from '../child-program.ts';
import type { DemoState } from '../control-api.ts';
import type { DemoAddresses, DemoOptions } from './demo.ts';
import type { DemoChange } from './demo-change.ts';
import type { FromDemo, ToDemo } from './demo-link.ts';

/** The demo as the sandbox knows it: in a process of its own. */
export interface DemoProcess extends DemoAddresses {
  pid: number;
  /** @throws Error when its process has ended or the settings can't be saved. */
  change(change: DemoChange): Promise<DemoState>;
  onChange(listener: (state: DemoState) => void): void;
  /** Resolves when its process has ended. */
  close(): Promise<void>;
}

const stopWithinMs = 5_000;

/**
 * Starts the demo in a process of its own. Rejects, leaving nothing running, when it can't start. When it
 * ends by itself later, `onEnd` is called and all that is asked of it is refused.
 */
export async function startDemoProcess(options: DemoOptions, onEnd: () => void): Promise<DemoProcess> {
  const { file, execArgv } = findChildProgram('run-demo');
  // A process group of its own: Ctrl-C in the terminal is for the sandbox, which stops the demo in order.
  const child = fork(file, { execArgv, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true });
  const link = new DemoLink(child);
  try {
    const addresses = await link.start(options);
    link.onEnd = onEnd;
    return {
      ...addresses,
      pid: Number(child.pid),
      change: (change) => link.change(change),
      onChange: (listener) => link.listeners.push(listener),
      close: () => link.stop(),
    };
  } catch (error) {
    await link.stop();
    throw error;
  }
}

interface Waiting<Answer> {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

class DemoLink {
  readonly listeners: ((state: DemoState) => void)[] = [];
  /** Called when the process ends unasked. */
  onEnd: () => void = () => undefined;
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  readonly #asked = new Map<number, Waiting<DemoState>>();
  #starting: Waiting<DemoAddresses> | null = null;
  #lastId = 0;
  #stopping = false;

  constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (message: FromDemo) => this.#hear(message));
    this.#ended = new Promise((resolve) => {
      child.once('exit', () => {
        this.#refuseAll(new Error('The demo service has ended. Stop the sandbox and start it again.'));
        if (!this.#stopping) this.onEnd();
        resolve();
      });
    });
  }

  start(options: DemoOptions): Promise<DemoAddresses> {
    return new Promise((resolve, reject) => {
      this.#starting = { resolve, reject };
      this.#tell({ type: 'start', options });
    });
  }

  change(change: DemoChange): Promise<DemoState> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.#tell({ type: 'change', id, change });
    });
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#tell({ type: 'stop' });
    const late = pause(stopWithinMs, 'late', { ref: false });
    if ((await Promise.race([this.#ended, late])) === 'late') this.#child.kill('SIGKILL');
    await this.#ended;
  }

  #hear(message: FromDemo): void {
    switch (message.type) {
      case 'ready':
        this.#starting?.resolve(message.addresses);
        return;
      case 'failed':
        this.#starting?.reject(new Error(message.message));
        return;
      case 'answer':
        this.#answered(message);
        return;
      case 'state':
        for (const listener of this.listeners) listener(message.state);
    }
  }

  #answered({ id, answer }: FromDemo & { type: 'answer' }): void {
    const waiting = this.#asked.get(id);
    this.#asked.delete(id);
    if ('state' in answer) waiting?.resolve(answer.state);
    else waiting?.reject(new Error(answer.error));
  }

  /** To a process that has ended nothing can be said. */
  #tell(message: ToDemo): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
    else this.#refuseAll(new Error('The demo service has ended. Stop the sandbox and start it again.'));
  }

  #refuseAll(error: Error): void {
    this.#starting?.reject(error);
    for (const waiting of this.#asked.values()) waiting.reject(error);
    this.#asked.clear();
  }
}
