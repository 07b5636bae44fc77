import { durationMs } from '../calendar/duration.ts';

/**
 * When the backups of those who have not voted in a poll are asked, epoch ms: after the plan's time (ISO 8601, counted
 * from the opening), else when half of the time to vote is over. Null: the poll closes before that.
 */
export function escalatesAt({
  openedAt,
  closesAt,
  after,
}: {
  openedAt: number;
  closesAt: number;
  after: string | undefined;
}): number | null {
  const waitMs = after === undefined ? Math.round((closesAt - openedAt) / 2) : durationMs(after);
  const at = openedAt + waitMs;
  return at < closesAt ? at : null;
}
