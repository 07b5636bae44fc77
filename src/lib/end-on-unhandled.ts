import type { Log } from './log.ts';

/**
 * Ends the process when an error was caught by nobody, with a line in the log: Node itself would print all fields of
 * the error, and one of Redis has the command that failed, with its password when it was AUTH.
 */
export function endOnUnhandled(log: Log): void {
  const end = (error: unknown) => {
    log.error({ error }, 'an error nobody handled; stopping, so that a supervisor starts a clean process');
    process.exit(1);
  };
  process.on('unhandledRejection', end);
  process.on('uncaughtException', end);
}
