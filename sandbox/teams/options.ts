import type { ClockState, MessageShortcut } from '../control-api.ts';
import type { SandboxClock } from '../sandbox-clock.ts';
import type { TeamsSeed } from './seed.ts';

export interface TeamsOptions {
  /** Folder of `teams.jsonl`; made when absent. */
  dataDir: string;
  /** The same as the Slack workspace's. */
  clock: SandboxClock;
  seed: TeamsSeed;
  /** With the app's id it gets tokens for the connector. */
  clientSecret: string;
  /** `http://127.0.0.1:port` of the app, where `/api/messages` is; null while nobody is there. */
  botUrl: () => string | null;
  /** `off` only for benchmarks and tests in a hurry. Default `teams`. */
  limits?: 'teams' | 'off';
  /** What the manifest offers in the composer, without a slash. */
  commands?: { command: string; description: string; usageHint: string }[];
  /** What the manifest offers in the menu of a message. */
  shortcuts?: MessageShortcut[];
  clockState: () => Promise<ClockState>;
  /** Changes to Teams' times, for tests. */
  timing?: Partial<TeamsTiming>;
}

export interface TeamsTiming {
  /** How long the app has to answer a message, and an act that waits for an answer. */
  messageTimeoutMs: number;
  invokeTimeoutMs: number;
}

export const teamsTiming: TeamsTiming = { messageTimeoutMs: 15_000, invokeTimeoutMs: 5_000 };
