import type { Config } from '../../src/config/config.ts';
import type { DueItem } from '../control-api.ts';
import type { ClockCourse } from '../sandbox-clock.ts';
import type { KnownPerson } from './connect-accounts.ts';

/** What the sandbox tells the bot's process. */
export type ToBot =
  | { type: 'start'; config: Config; clock: ClockCourse; people: KnownPerson[] }
  | { type: 'clock'; clock: ClockCourse }
  | { type: 'agenda'; id: number }
  | { type: 'stop' };

/** What the bot's process tells the sandbox. */
export type FromBot =
  | { type: 'ready'; httpUrl: string }
  | { type: 'failed'; message: string }
  | { type: 'agenda'; id: number; items: DueItem[] };
