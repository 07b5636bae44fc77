import { type DestinationStream, type Logger as Pino, pino } from 'pino';
import { redactSecrets } from './redact-secrets.ts';

/** What is logged: this level and those above it. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Structured lines on standard error, unless told otherwise. Fields that may hold secrets are taken out wherever they stand. */
export function createLog(
  level: LogLevel,
  destination: DestinationStream = pino.destination({ dest: 2, sync: true }),
): Pino {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      // Under `err` pino puts an error that is given without a name.
      serializers: { error: describeThrown, err: describeThrown },
      redact: {
        paths: [
          ...['token', '*.token', 'authorization', '*.authorization', 'password', '*.password'],
          ...['command', '*.command'],
        ],
        remove: true,
      },
    },
    destination,
  );
}

/** So many causes are told, and so much of a text, characters. */
const maxCauses = 5;
const longest = { name: 200, code: 100, message: 2_000, stack: 8_000 };

/** What a line says of something that was thrown. */
interface Thrown {
  name?: string | undefined;
  code?: string | undefined;
  message?: string | undefined;
  stack?: string | undefined;
  cause?: Thrown | undefined;
}

/**
 * No other field of an error gets into the log: one of Redis has the command that failed, with the password when it
 * was AUTH, and one of Slack the whole answer.
 */
function describeThrown(thrown: unknown, depth = 0): Thrown {
  if (typeof thrown !== 'object' || thrown === null)
    return { message: shown(String(thrown), longest.message) };
  const { name, code, message, stack, cause, errors }: { [Field in keyof Thrown | 'errors']?: unknown } =
    thrown;
  // Of several failures together, the first one says most.
  const reason = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
  const described = {
    name: textOf(name, longest.name),
    code: textOf(code, longest.code),
    message: textOf(message, longest.message) ?? 'Something was thrown that is no error.',
    stack: textOf(stack, longest.stack),
  };
  return reason === undefined || depth === maxCauses
    ? described
    : { ...described, cause: describeThrown(reason, depth + 1) };
}

function textOf(value: unknown, most: number): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? shown(String(value), most) : undefined;
}

/** Redacted first: a secret that was cut would not be known for one. */
function shown(text: string, most: number): string {
  return redactSecrets(text).slice(0, most);
}
