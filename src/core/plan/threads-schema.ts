import * as z from 'zod';
import type { Audience } from './audiences.ts';
import { destinationSchema } from './communications-schema.ts';
import { addProblem } from './schedule-time.ts';

/**
 * What of the schedule's messages is posted in a thread, where a channel has threads. `detail`: the news stands in the
 * channel, and what is below its first paragraph in its thread; `all`: everything after the release's first message
 * stands in the thread of that one; `none`: each message stands in the channel, whole.
 */
export const THREAD_MODES = ['detail', 'all', 'none'] as const;
export type ThreadMode = (typeof THREAD_MODES)[number];

export const DEFAULT_THREADS: ThreadMode = 'detail';

const modeSchema = z.enum(THREAD_MODES).describe('detail, all or none');

/** The same for every channel, or what differs for an audience or a channel. */
export const threadsSchema = z
  .union([
    modeSchema,
    z.strictObject({
      default: modeSchema.optional(),
      for: z
        .record(z.string(), modeSchema)
        .superRefine((special, context) => {
          for (const name of Object.keys(special)) {
            if (destinationSchema.safeParse(name).success) continue;
            addProblem(context, [name], 'is neither an audience nor a channel', 'support or "#on-call"');
          }
        })
        .optional()
        .describe('what differs, by audience (support) or channel ("#on-call")'),
    }),
  ])
  .describe('what goes into threads: detail, all or none, or { default: detail, for: { support: none } }');

/** As a plan gives it. */
export type Threads = z.infer<typeof threadsSchema>;

/** What goes into a thread of one channel: as the plan says for it, for its audience, or for all, in this order. */
export function threadModeFor(
  { threads = DEFAULT_THREADS }: { threads?: Threads | undefined },
  { audience, address }: { audience: Audience; address: string | undefined },
): ThreadMode {
  if (typeof threads === 'string') return threads;
  const { for: special = {}, default: general = DEFAULT_THREADS } = threads;
  return (address === undefined ? undefined : special[address]) ?? special[audience] ?? general;
}

/** What goes into threads, in words. */
export function describeThreadMode(mode: ThreadMode): string {
  return {
    detail: 'the detail of a long message',
    all: 'everything after the first message',
    none: 'nothing',
  }[mode];
}
