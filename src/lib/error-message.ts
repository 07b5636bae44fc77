import { isCoded } from './error-code.ts';

/**
 * What an error says. One that stands for several, as when no address of a host answers, has no words, and is told
 * by its code.
 */
export function errorMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || (isCoded(error) ? error.code : error.name);
}
