import * as z from 'zod';
import { dayMs, longDuration, longDurationMs } from './long-duration.ts';

/** Days and smaller units: months and years have no fixed length. Kept as milliseconds; null means for ever. */
function keptFor(atLeastDays: number) {
  return z
    .string()
    .regex(longDuration, 'is not a duration in weeks, days or hours, such as P180D; null keeps for ever')
    .transform(longDurationMs)
    .refine(
      (ms) => ms >= atLeastDays * dayMs,
      `is too short: at least P${atLeastDays}D, or null to keep for ever`,
    )
    .nullable();
}

/** How long each kind of data is kept. The events of the audit trail stay; what is personal in them goes. */
export const retentionSchema = z
  .strictObject({
    releases: keptFor(30)
      .prefault('P180D')
      .describe(
        'Of a release, from its end on: messages that were sent, its schedule, timers, and operations but for the newest. At least P30D; null keeps them for ever.',
      ),
    requests: keptFor(1)
      .prefault('P7D')
      .describe(
        'The first answer to each request, for a repeat of it. At least P1D; null keeps them for ever.',
      ),
    people: keptFor(30)
      .prefault('P730D')
      .describe(
        'Names, addresses and accounts of people in rows and audit trail, from when all their accounts were deactivated and they have no role in a release under way. At least P30D; null keeps them for ever.',
      ),
  })
  .prefault({})
  .describe(
    'How long tminus keeps what it needs no more: ISO 8601 durations. The audit trail stays for ever.',
  );
