/** Where every part says what operators should know; a pino logger fits. */
export interface Log {
  info(details: Record<string, unknown>, message: string): void;
  warn(details: Record<string, unknown>, message: string): void;
  error(details: Record<string, unknown>, message: string): void;
}

/** Says nothing: for one-off commands that speak for themselves, and for tests. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
