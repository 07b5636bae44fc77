import type { Finding } from '../../core/doctor/finding.ts';
import { errorMessage } from '../../lib/error-message.ts';
import { orAfter } from '../../lib/or-after.ts';
import { redactSecrets } from '../../lib/redact-secrets.ts';
import { checkBacklog } from './check-backlog.ts';
import { checkChannels } from './check-channels.ts';
import { checkCreators } from './check-creators.ts';
import { checkDatabase } from './check-database.ts';
import { checkDrivers } from './check-drivers.ts';
import { checkPlatforms } from './check-platforms.ts';
import { checkProcesses } from './check-processes.ts';
import { checkSources } from './check-sources.ts';
import type { Examined } from './examined.ts';

/** Finds out how one part is. What it throws is its finding. */
type Check = { part: string; run(examined: Examined): Promise<Finding[]> };

const checks: readonly Check[] = [
  { part: 'Database', run: checkDatabase },
  { part: 'Processes', run: checkProcesses },
  { part: 'Work', run: checkBacklog },
  { part: 'Platforms', run: checkPlatforms },
  { part: 'Channels', run: checkChannels },
  { part: 'Release creators', run: checkCreators },
  { part: 'Deployment targets', run: checkDrivers },
  { part: 'Metrics', run: checkSources },
];

/** Longer than any of them needs when all is well; whoever asked in a chat is waiting. Milliseconds. */
const withinMs = 15_000;

/** Looks at every part, side by side. Never throws. */
export async function examine(examined: Examined): Promise<Finding[]> {
  const found = await Promise.all(checks.map((check) => runCheck(check, examined)));
  return found.flat();
}

async function runCheck({ part, run }: Check, examined: Examined): Promise<Finding[]> {
  const unwell = (says: string): Finding[] => [{ part, state: 'unwell', says }];
  const late = () => unwell(`It did not answer within ${withinMs / 1_000} seconds.`);
  try {
    return await orAfter(run(examined), withinMs, late);
  } catch (error) {
    return unwell(redactSecrets(errorMessage(error)));
  }
}
