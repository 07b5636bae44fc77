import { readHead } from '../read-head.ts';
import type { ReadHead } from '../read-plan-text.ts';

/** What the command reads and writes: the process by default, replaced in tests. */
export interface PlanCommandIo {
  env: NodeJS.ProcessEnv;
  write(text: string): void;
  writeError(text: string): void;
  readHead: ReadHead;
  /** Epoch ms. */
  now(): number;
  /** 0: done; 1: the plan has problems; 2: it could not be looked at. */
  setExitCode(code: 0 | 1 | 2): void;
}

export const processIo: PlanCommandIo = {
  env: process.env,
  write: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
  readHead,
  now: () => Date.now(),
  setExitCode: (code) => {
    process.exitCode = code;
  },
};

/** What the commands that only read a plan exit with. */
export const exitCodes = {
  0: 'the plan is valid',
  1: 'the plan has problems',
  2: 'the plan, a template or the configuration could not be read',
};
