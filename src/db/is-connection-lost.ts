import { DrizzleQueryError } from 'drizzle-orm';
import { hasErrorCode } from '../lib/error-code.ts';

const codes = [
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'],
  // The server is ending, has crashed, or does not take connections yet.
  ...['57P01', '57P02', '57P03'],
  ...['08000', '08001', '08003', '08004', '08006'],
];
/** What pg says in words only. */
const words =
  /^(Connection terminated|Client has encountered a connection error|Query read timeout|timeout exceeded when trying to connect)/;

/** Whether a query failed only since the database went away, so that the same may succeed once it is back. */
export function isConnectionLost(error: unknown): boolean {
  // Other errors may have a connection of something else as their cause.
  if (error instanceof DrizzleQueryError) return isConnectionLost(error.cause);
  return hasErrorCode(error, ...codes) || (error instanceof Error && words.test(error.message));
}
