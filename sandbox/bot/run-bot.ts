/**
 * The bot's process in the sandbox: the production composition, with the sandbox's clock. It can be
 * killed at any moment, as a machine can; the sandbox starts it again.
 */
import { type RunningApp, startApp } from '../../src/app.ts';
import { createLog } from '../../src/lib/create-log.ts';
import { endOnUnhandled } from '../../src/lib/end-on-unhandled.ts';
import { errorMessage } from '../../src/lib/error-message.ts';
import { type FollowedClock, followClock } from '../sandbox-clock.ts';
import type { FromBot, ToBot } from './bot-link.ts';
import { connectAccounts } from './connect-accounts.ts';
import { loadAgenda } from './load-agenda.ts';

/** A next bot waits a few seconds for the database's folder; this one must not keep it longer. */
const endsWithinMs = 4_000;

let app: RunningApp | null = null;
let starting: Promise<RunningApp> | null = null;
let clock: FollowedClock | null = null;

function tell(message: FromBot): void {
  process.send?.(message);
}

async function start({ config, clock: course, people }: ToBot & { type: 'start' }): Promise<void> {
  clock = followClock(course);
  const log = createLog(config.logLevel);
  endOnUnhandled(log);
  starting = startApp({
    config,
    clock,
    log,
    onStorageLost: () => void stopSoon(1),
  });
  app = await starting;
  await connectAccounts(app.services, people);
  tell({ type: 'ready', httpUrl: app.httpUrl });
}

/** In mid-start too: what was started by then, a database for one, would be left running. */
async function stop(exitCode: 0 | 1): Promise<void> {
  await (await starting?.catch(() => null))?.stop();
  process.exit(exitCode);
}

function stopSoon(exitCode: 0 | 1): Promise<void> {
  setTimeout(() => process.exit(1), endsWithinMs).unref();
  return stop(exitCode);
}

async function answerAgenda(id: number): Promise<void> {
  const items = app ? await loadAgenda(app.services.db).catch(() => []) : [];
  tell({ type: 'agenda', id, items });
}

process.on('message', (message: ToBot) => {
  switch (message.type) {
    case 'start':
      start(message).catch((error: unknown) => {
        tell({ type: 'failed', message: errorMessage(error) });
        process.exit(1);
      });
      return;
    case 'clock':
      clock?.apply(message.clock);
      return;
    case 'agenda':
      void answerAgenda(message.id);
      return;
    case 'stop':
      void stop(0);
  }
});
// The sandbox is gone: end in order, so that the storage is free for the next one, which may start already.
process.on('disconnect', () => void stopSoon(0));
