import { redactSecrets } from './redact-secrets.ts';

/** What an error says, without its stack, payload or secrets. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return redactSecrets(String(error));
  const cause =
    error.cause instanceof Error && error.cause.message !== '' ? ` (${describeError(error.cause)})` : '';
  return redactSecrets(`${error.name}: ${error.message}`) + cause;
}
