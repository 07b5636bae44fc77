import { WebAPIPlatformError } from '@slack/web-api';
import type { Clock } from '../../../lib/clock.ts';
import type { ChannelRef } from '../../../services/ports/directory.ts';

/** One page of a list of channels. */
export interface ChannelPage {
  channels: ChannelRef[];
  /** Undefined: it was the last one. */
  nextCursor: string | undefined;
}

/** Slack stopped answering before all channels were read. The next question goes on where this one stopped. */
export class ReadingInterruptedError extends Error {
  override readonly name = 'ReadingInterruptedError';
  readonly channelsRead: number;

  constructor(channelsRead: number, cause: unknown) {
    super(`${channelsRead} channels were read`, { cause });
    this.channelsRead = channelsRead;
  }
}

/** A list of channels that is read page by page, no further than the names that are asked for. */
export interface ChannelList {
  /** Null: the whole list was read, and it is not there. @throws ReadingInterruptedError */
  find(name: string): Promise<ChannelRef | null>;
}

/** A list that was read to its end is taken as it is for this long. */
const freshMs = 10 * 60_000;
/** Where a name was not found, it is read anew after this long for each of its pages: the channel may be new. */
const missMsPerPage = 30_000;

interface Reading {
  byName: Map<string, ChannelRef>;
  pages: number;
  cursor: string | undefined;
  /** When the last page was read, by the machine's clock; null: there are more. */
  completedAt: number | null;
  /** Slack did not know the cursor of the one before. */
  isSecond: boolean;
}

/**
 * Pages are kept across questions and failures. Whoever asks meanwhile waits for the same page, so that there is one
 * request at a time.
 */
export function createChannelList(options: {
  clock: Pick<Clock, 'wall'>;
  readPage: (cursor: string | undefined) => Promise<ChannelPage>;
}): ChannelList {
  const { clock, readPage } = options;
  let reading = newReading();
  let page: Promise<void> | null = null;

  const readNext = async () => {
    const current = reading;
    try {
      const { channels, nextCursor } = await readPage(current.cursor);
      for (const channel of channels) current.byName.set(nameKey(channel.name), channel);
      current.pages += 1;
      current.cursor = nextCursor;
      if (nextCursor === undefined) current.completedAt = clock.wall();
    } catch (error) {
      if (!isCursorRefused(error)) throw new ReadingInterruptedError(current.byName.size, error);
      // Slack forgets cursors after a while. Once begun anew, it should know the next ones.
      reading = newReading();
      if (current.isSecond) throw new ReadingInterruptedError(0, error);
      reading.isSecond = true;
    }
  };
  const readOn = () => {
    page ??= readNext().finally(() => {
      page = null;
    });
    return page;
  };
  const isOlderThan = (ms: number) =>
    reading.completedAt !== null && clock.wall() - reading.completedAt >= ms;

  return {
    find: async (name) => {
      const key = nameKey(name);
      if (isOlderThan(freshMs)) reading = newReading();
      const isKnown = reading.byName.has(key);
      if (!isKnown && isOlderThan(Math.min(freshMs, missMsPerPage * reading.pages))) reading = newReading();
      for (;;) {
        const found = reading.byName.get(key);
        if (found !== undefined) return found;
        if (reading.completedAt !== null) return null;
        await readOn();
      }
    },
  };
}

/** Two spellings of one name are the same channel; Slack's own names are in lower case. */
function nameKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

function newReading(): Reading {
  return { byName: new Map(), pages: 0, cursor: undefined, completedAt: null, isSecond: false };
}

function isCursorRefused(error: unknown): boolean {
  return error instanceof WebAPIPlatformError && error.data.error === 'invalid_cursor';
}
