/** However long the other side says, milliseconds: a day. */
const maxWaitMs = 24 * 60 * 60_000;

/**
 * How long to wait by a `retry-after` header, which holds seconds or a date (RFC 9110, 10.2.3), in ms. `now`: epoch ms.
 * `otherwiseMs`: where it says nothing, or nothing that is still to come.
 */
export function waitByRetryAfter(
  header: string | null,
  { now, otherwiseMs }: { now: number; otherwiseMs: number },
): number {
  if (header === null) return otherwiseMs;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1_000;
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, maxWaitMs) : otherwiseMs;
}
