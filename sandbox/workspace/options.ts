import type { FastifyInstance } from 'fastify';
import type { MessageShortcut, WorkspaceEvent } from '../control-api.ts';
import type { SandboxClock } from '../sandbox-clock.ts';
import type { DeliveryTiming } from './delivery/app-delivery.ts';
import type { WorkspaceSeed } from './seed.ts';

/** A slash command of the app's manifest. */
export interface ManifestCommand {
  /** With its slash. */
  command: string;
  description: string;
  usageHint: string;
  /** The manifest's `should_escape`: typed names reach the app as ids. */
  shouldEscape?: boolean;
}

export interface WorkspaceOptions {
  /** 0 takes a free one. */
  port: number;
  /** Folder of `workspace.jsonl`; made when absent. */
  dataDir: string;
  /** The workspace's time. Where the folder remembers one, the clock goes on from there. */
  clock: SandboxClock;
  seed: WorkspaceSeed;
  signingSecret: string;
  /** `xoxb-…` */
  botToken: string;
  /** `xapp-…` */
  appToken: string;
  delivery: { kind: 'socket' } | { kind: 'http'; url: string };
  /** The app's manifest: slash commands, shortcuts, bot scopes, and bot events subscribed to. */
  commands: ManifestCommand[];
  /** Its message shortcuts; by default none. */
  shortcuts?: MessageShortcut[];
  scopes: string[];
  events: string[];
  /** `off` only for benchmarks. Default `slack`. */
  limits?: 'slack' | 'off';
  /** When the bot's next item is due, epoch ms; null when there is none. */
  nextDue?: () => number | null | Promise<number | null>;
  /**
   * Registers further routes, the page's among them; `publish` puts an event on the stream, `baseUrl` answers
   * `http://127.0.0.1:port` once it listens.
   */
  extensions?: (
    app: FastifyInstance,
    publish: (event: WorkspaceEvent) => void,
    baseUrl: () => string,
  ) => void | Promise<void>;
  /** Changes to Slack's delivery times, for tests. */
  timing?: Partial<DeliveryTiming>;
}
