import { and, gt, isNull, lte, or, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { maxWaitMs } from '../../lib/left-to-wait.ts';

/**
 * No wait is set until `column`, or it is over, or no clock that is right can have set it: it is further ahead than
 * `longestMs`, the longest that is set there.
 */
export function isPast(column: PgColumn, wall: number, longestMs = maxWaitMs): SQL | undefined {
  return or(isNull(column), lte(column, new Date(wall)), gt(column, new Date(wall + longestMs)));
}

/** The opposite. */
export function isAhead(column: PgColumn, wall: number, longestMs = maxWaitMs): SQL | undefined {
  return and(gt(column, new Date(wall)), lte(column, new Date(wall + longestMs)));
}
