import { type Directory, PlatformUnavailableError } from '../ports/directory.ts';
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

/** The directory of a platform from which somebody came, which is one that is connected. */
export function directoryOf({ directories }: Pick<Services, 'directories'>, platform: string): Directory {
  const directory = directories.get(platform);
  if (!directory) throw new Error(`no directory of ${platform} is connected`);
  return directory;
}
