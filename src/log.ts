import { type Logger as Pino, pino } from 'pino';
import type { Config } from './config/config.ts';

/** Structured lines on standard error. Fields that may hold secrets are taken out wherever they stand. */
export function createLog(level: Config['logLevel']): Pino {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        // An error of Redis has the command that failed, and AUTH has the password.
        paths: [
          ...['token', '*.token', 'authorization', '*.authorization', 'password', '*.password'],
          ...['command', '*.command'],
        ],
        remove: true,
      },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
