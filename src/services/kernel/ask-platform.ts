import { PlatformUnavailableError } from '../ports/chat-platform.ts';
import type { Services } from './context.ts';
import { type Result, refuse } from './result.ts';

/**
 * Asks the platform what has to be known before anything is done. When it can't be asked, the person is told that
 * nothing was done; any other error is thrown.
 */
export async function askPlatform<Value>(
  { log }: Pick<Services, 'log'>,
  ask: () => Promise<Result<Value>>,
): Promise<Result<Value>> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof PlatformUnavailableError)) throw error;
    log.warn({ note: error.detail }, 'the platform could not be asked');
    return refuse('unavailable', `Nothing was done: ${error.message}`);
  }
}
