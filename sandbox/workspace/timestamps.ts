/** Epoch milliseconds → a message timestamp's microseconds, as a number. */
export function microseconds(epochMs: number): number {
  return Math.floor(epochMs) * 1000;
}

/** Microseconds → Slack's `1234567890.123456`. */
export function formatTs(micros: number): string {
  const seconds = Math.floor(micros / 1_000_000);
  return `${seconds}.${String(micros % 1_000_000).padStart(6, '0')}`;
}

/** Slack's timestamp → microseconds; null when it isn't one. */
export function parseTs(ts: string): number | null {
  const match = /^(\d{1,10})(?:\.(\d{1,6}))?$/.exec(ts);
  if (!match) return null;
  return Number(match[1]) * 1_000_000 + Number((match[2] ?? '').padEnd(6, '0'));
}

/** The instant of a timestamp as ISO 8601, to the millisecond. */
export function tsToIso(ts: string): string {
  return new Date(Math.floor((parseTs(ts) ?? 0) / 1000)).toISOString();
}
