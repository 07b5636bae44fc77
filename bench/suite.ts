import type { Report } from './report.ts';
import type { Servers } from './servers.ts';

/** What a suite gets to work with. */
export interface BenchContext {
  servers: Servers;
  /** Where the bundle of a process is. */
  bundle: (name: string) => string;
  /** Fewer rounds and requests: shows that it runs, and the rough size of things. */
  quick: boolean;
  /** How long the soak takes, in minutes, when that was said. */
  minutes: number | undefined;
  /** Folder for CPU profiles of the bot, when wanted. */
  profileTo: string | undefined;
  /** Tells what goes on. */
  say: (line: string) => void;
}

export type Suite = (context: BenchContext) => Promise<Report>;
