import { type Logger, LogLevel } from '@slack/web-api';
import { describeError } from '../../../lib/describe-error.ts';
import { redactSecrets } from '../../../lib/redact-secrets.ts';

/** Where Slack's libraries may say something; a line of text each, already free of secrets. */
export interface SlackLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

const longestLine = 2000;

/** The logger that Slack's libraries get: warnings and errors only, since their debug lines hold whole payloads. */
export function bridgeLogger(log: SlackLog): Logger {
  const write =
    (level: 'info' | 'warn' | 'error') =>
    (...parts: unknown[]) =>
      log[level](toLine(parts));
  return {
    debug: () => undefined,
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}

function toLine(parts: unknown[]): string {
  return parts
    .map((part) => (typeof part === 'string' ? redactSecrets(part) : describeError(part)))
    .join(' ')
    .slice(0, longestLine);
}
